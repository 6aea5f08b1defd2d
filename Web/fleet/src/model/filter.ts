/** Which cards a filter lets through, and how many there are of each status. */
import type { Card, Status } from "../types";
import type { Group } from "../types/organisation";
import { noSite } from "./facets";
import { groupMatcher, searched } from "./group";

/** Of each list: empty means any, several mean one of them. */
export interface CardFilter {
  text: string;
  statuses: readonly Status[];
  sites: readonly string[];
  tags: readonly string[];
  kinds: readonly string[];
  generations: readonly string[];
  /** A saved filter that must let the card through too. */
  group: number | null;
}

export const noFilter: CardFilter = { text: "", statuses: [], sites: [], tags: [], kinds: [], generations: [], group: null };

const haystacks = new WeakMap<Card, string>();

/**
 * What the text filter looks into, in lower case: what the server's does, so that an export and a group hold what the list shows. Kept per card
 * object: a changed card is a new object.
 */
function haystack(card: Card): string {
  const known = haystacks.get(card);
  if (known !== undefined) return known;
  const text = searched(card).filter(Boolean).join("\n").toLowerCase();
  haystacks.set(card, text);
  return text;
}

/** A test for the text alone: every word must occur somewhere. */
export function textMatcher(text: string): (card: Card) => boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return (card) => words.every((word) => haystack(card).includes(word));
}

/** A test for everything but the status. A group that is not known lets everything through. */
export function matcher(filter: CardFilter, groups: readonly Group[] = []): (card: Card) => boolean {
  const matchesText = textMatcher(filter.text);
  const group = groups.find((each) => each.id === filter.group);
  const isInGroup = group ? groupMatcher(group.filter) : () => true;
  const oneOf = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  return (card) =>
    oneOf(filter.sites, card.site ?? noSite) && oneOf(filter.kinds, card.kind) && oneOf(filter.generations, card.generation)
    && (filter.tags.length === 0 || card.tags.some((tag) => filter.tags.includes(tag))) && matchesText(card) && isInGroup(card);
}

export type StatusCounts = Readonly<Partial<Record<Status, number>>>;
export interface Filtered { cards: Card[]; counts: StatusCounts; total: number }

/** The cards that pass; the counts are of what all but the status lets through, so that a chip says what it would show. */
export function filterCards(cards: Iterable<Card>, filter: CardFilter, groups: readonly Group[] = []): Filtered {
  const matches = matcher(filter, groups);
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

/** Whether anything is filtered that a group could keep. */
export function canBeSaved(filter: CardFilter): boolean {
  return filter.text !== "" || [filter.statuses, filter.sites, filter.tags, filter.kinds, filter.generations].some((each) => each.length > 0);
}
