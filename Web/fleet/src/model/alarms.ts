/** What is said where no alarm stands: only a card that answers can know that. */
import type { Card } from "../types";

/** The sentence for a card without a standing alarm. */
export function noAlarmWords(card: Pick<Card, "status" | "lastSeen" | "retiredAt">): string {
  if (card.retiredAt) return "Not known: the card is retired.";
  const isHeard = card.lastSeen !== null;
  if (card.status === "unreachable") return isHeard ? "Not known: the card does not answer." : "Not known: the card has never answered.";
  if (card.status === "unknown") return isHeard ? "Not known: the card cannot tell the state of its device." : "Not known: the card has not answered yet.";
  return "No alarm stands.";
}
