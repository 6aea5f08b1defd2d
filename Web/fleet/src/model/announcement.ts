/** What a screen reader is told when cards change: grave changes only, many of them in one sentence. */
import type { Status } from "../types";
import type { StatusChange } from "./fleet";
import { look } from "./status";

const grave: readonly Status[] = ["critical", "onBattery", "unreachable", "off", "onBypass"];

export function announcement(changes: readonly StatusChange[]): string {
  const parts: string[] = [];
  for (const status of grave) {
    const names = [...new Set(changes.filter((change) => change.to === status).map((change) => change.card.name))];
    const word = look(status).word.toLowerCase();
    if (names.length === 1) parts.push(`${names[0]} is ${word}`);
    else if (names.length > 1) parts.push(`${names.length} cards are ${word}`);
  }
  const recovered = changes.filter((change) => change.to === "normal" && grave.includes(change.from)).length;
  if (recovered > 0) parts.push(`${recovered === 1 ? "1 card is" : `${recovered} cards are`} back to normal`);
  return parts.length === 0 ? "" : `${parts.join(", ")}.`;
}
