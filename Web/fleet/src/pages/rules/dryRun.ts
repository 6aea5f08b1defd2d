/** Trying a rule on the stored history. */
import { api } from "../../api";
import { conditionKinds } from "../../model/rules";
import type { AlarmRule, RuleDryRun, RuleText } from "../../types/rules";

/** A stored rule as it would be written. */
export function writtenRule(rule: AlarmRule): RuleText {
  const { name, severity, title, scope } = rule;
  return { name, severity, title, scope, ...Object.fromEntries(conditionKinds.filter((kind) => rule[kind] != null).map((kind) => [kind, rule[kind]])) };
}

export const dryRunSpans: [days: string, word: string][] = [["1", "The last day"], ["7", "The last 7 days"], ["30", "The last 30 days"], ["365", "The last year"]];

export function dryRun(rule: RuleText, days: number): Promise<RuleDryRun> {
  const to = new Date();
  const from = new Date(to.getTime() - days * 86_400_000);
  const sent = (date: Date) => date.toISOString().replace(/\.\d+Z$/, "Z");
  return api.create<RuleDryRun>("/rules/dry-run", { ...rule, from: sent(from), to: sent(to) });
}
