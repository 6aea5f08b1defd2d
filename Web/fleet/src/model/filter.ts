/** Which cards a filter lets through, and how many there are of each status. */
import type { Card, Status } from "../types";
import { kindWord } from "./transfer";

export interface CardFilter {
  text: string;
  /** Empty: every status. */
  statuses: readonly Status[];
}

const haystacks = new WeakMap<Card, string>();

/** What the text filter looks into, in lower case. Kept per card object: a changed card is a new object. */
function haystack(card: Card): string {
  const known = haystacks.get(card);
  if (known !== undefined) return known;
  const parts = [
    card.name, card.model, card.address, card.mac, card.serial, card.generation, card.firmware, card.site, card.location,
    kindWord(card.kind), ...card.tags,
  ];
  const text = parts.filter(Boolean).join("\n").toLowerCase();
  haystacks.set(card, text);
  return text;
}

/** A test for the text alone: every word must occur somewhere. */
export function textMatcher(text: string): (card: Card) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (card) => words.every((word) => haystack(card).includes(word));
}

export type StatusCounts = Readonly<Partial<Record<Status, number>>>;
export interface Filtered { cards: Card[]; counts: StatusCounts; total: number }

/** The cards that pass; the counts are of what the text lets through, so that a chip says what it would show. */
export function filterCards(cards: Iterable<Card>, filter: CardFilter): Filtered {
  const matches = textMatcher(filter.text);
  const counts: Partial<Record<Status, number>> = {};
  const passed: Card[] = [];
  let total = 0;
  for (const card of cards) {
    total += 1;
    if (!matches(card)) continue;
    counts[card.status] = (counts[card.status] ?? 0) + 1;
    if (filter.statuses.length === 0 || filter.statuses.includes(card.status)) passed.push(card);
  }
  return { cards: passed, counts, total };
}
