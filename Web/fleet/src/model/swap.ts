/** A swap: which cards may be the one that another replaces. */
import type { Card } from "../types";

export interface Newcomer {
  /** Its own number, where it is in the fleet already. */
  id?: number;
  /** Null where it is not known yet: then every kind may be what it replaces. */
  kind: string | null;
  /** The card whose place the server offers it. */
  place?: number | null;
}

/** The cards that are silent and of the newcomer's kind: the offered one first, then those that fell silent last. */
export function silentCards(cards: Iterable<Card>, newcomer: Newcomer): Card[] {
  const found: Card[] = [];
  for (const card of cards) {
    const isOffered = card.id === newcomer.place;
    const mayBe = card.status === "unreachable" && (newcomer.kind !== "ups" && newcomer.kind !== "sts" || card.kind === newcomer.kind);
    if (card.id !== newcomer.id && (isOffered || mayBe)) found.push(card);
  }
  const heard = (card: Card) => (card.lastSeen === null ? 0 : Date.parse(card.lastSeen));
  const isOffered = (card: Card) => Number(card.id === newcomer.place);
  return found.sort((a, b) => isOffered(b) - isOffered(a) || heard(b) - heard(a) || a.id - b.id);
}
