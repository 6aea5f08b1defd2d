/** What is wrong with a text of rules, and where: from the fields of a refusal, or from its sentence. */
import type { FieldError } from "../types";
import type { RuleFault } from "../types/rules";

/** "line 4, column 7: rules[1].threshold: must have …", with the place taken out. */
function fault(text: string): RuleFault {
  const [place, line, column] = /^line (\d+)(?:, column (\d+))?: /.exec(text) ?? [];
  if (place === undefined) return { line: null, column: null, detail: text };
  return { line: Number(line), column: column === undefined ? null : Number(column), detail: text.slice(place.length) };
}

/** None where neither the fields nor the sentence name a place. */
export function faultsOf(fields: readonly FieldError[], sentence: string): RuleFault[] {
  if (fields.length > 0) return fields.map(({ detail }) => fault(detail));
  const [, place] = /\b(line \d+(?:, column \d+)?: .*)$/.exec(sentence) ?? [];
  return place === undefined ? [] : [fault(place)];
}
