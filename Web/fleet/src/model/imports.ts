/** Files of cards: their kind, and how an import went. */
import type { ImportLine, ImportResult } from "../types/discovery";
import { count } from "./format";
import type { Tone } from "./status";

/** The media type: by the file's name, else by how the text begins. */
export function importType(name: string, text: string): string {
  if (/\.ya?ml$/i.test(name)) return "application/yaml";
  const first = text.trimStart().split("\n", 1)[0] ?? "";
  return /^(---|- |cards:)/.test(first) ? "application/yaml" : "text/csv";
}

export const actionTone: Record<ImportLine["action"], Tone> = { added: "good", updated: "info", unchanged: "muted", refused: "bad" };

/** What becomes, or has become, of a line. */
export function actionWord(action: ImportLine["action"], isDryRun: boolean): string {
  if (action === "unchanged") return "Unchanged";
  if (action === "refused") return "Refused";
  if (isDryRun) return action === "added" ? "To be added" : "To be updated";
  return action === "added" ? "Added" : "Updated";
}

/** "3 lines: 2 to be added, 1 refused. Nothing has been changed yet." */
export function importWords(result: ImportResult, isDryRun: boolean): string {
  const parts = (["added", "updated", "unchanged", "refused"] as const)
    .filter((action) => result[action] > 0)
    .map((action) => `${result[action].toLocaleString("en-GB")} ${actionWord(action, isDryRun).toLowerCase()}`);
  const lines = count(result.added + result.updated + result.unchanged + result.refused, "line");
  return `${lines}: ${parts.join(", ") || "nothing to do"}.${isDryRun ? " Nothing has been changed yet." : ""}`;
}
