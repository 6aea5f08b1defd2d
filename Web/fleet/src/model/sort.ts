/** Orders of the card list. Equal cards keep a stable order (name, then id); absent values come last either way. */
import type { Card } from "../types";
import { urgency } from "./status";

export const sortKeys = [
  "status", "name", "site", "model", "address", "generation", "firmware", "load", "battery", "runtime", "alarms", "lastSeen",
] as const;
export type SortKey = (typeof sortKeys)[number];
export interface Sort { key: SortKey; descending: boolean }

export const defaultSort: Sort = { key: "status", descending: false };

type Comparable = string | number | undefined;
const naturals = new Map<string, string>();

/** A string that orders "Rack 9" before "Rack 10" by plain comparison; kept, since a sort asks for it often. */
export function natural(text: string | null): string | undefined {
  if (!text) return undefined;
  let key = naturals.get(text);
  if (key === undefined) {
    if (naturals.size > 100_000) naturals.clear();
    key = text.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, "0"));
    naturals.set(text, key);
  }
  return key;
}

const value: Record<SortKey, (card: Card) => Comparable> = {
  status: (card) => urgency(card.status),
  name: (card) => natural(card.name),
  site: (card) => natural(card.site),
  model: (card) => natural(card.model),
  address: (card) => natural(card.address),
  generation: (card) => natural(card.generation),
  firmware: (card) => natural(card.firmware),
  load: (card) => card.summary["ups.load"],
  battery: (card) => card.summary["battery.charge"],
  runtime: (card) => card.summary["battery.runtime"],
  alarms: (card) => card.alarmCount,
  lastSeen: (card) => card.lastSeen ?? undefined,
};

function compare(left: Comparable, right: Comparable, direction: 1 | -1): number {
  if (left === right) return 0;
  if (left === undefined) return 1;
  if (right === undefined) return -1;
  return left < right ? -direction : direction;
}

/** A sorted copy. Each card's key is computed once, not once a comparison. */
export function sortCards(cards: readonly Card[], sort: Sort): Card[] {
  const direction = sort.descending ? -1 : 1;
  const keyed = cards.map((card) => ({ card, first: value[sort.key](card), name: natural(card.name) }));
  keyed.sort((a, b) => compare(a.first, b.first, direction) || compare(a.name, b.name, 1) || a.card.id - b.card.id);
  return keyed.map((entry) => entry.card);
}
