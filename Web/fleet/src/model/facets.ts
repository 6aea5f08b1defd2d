/** What the cards have in common: the sites, tags, kinds and generations that there are. */
import type { Card } from "../types";

/** What stands for "no site" among sites. */
export const noSite = "";

export type Facet = "sites" | "tags" | "kinds" | "generations";
/** The values there are and how many cards have each, in the order of their names. */
export type Facets = Record<Facet, [value: string, cards: number][]>;

export function facetsOf(cards: Iterable<Card>): Facets {
  const counts: Record<Facet, Map<string, number>> = { sites: new Map(), tags: new Map(), kinds: new Map(), generations: new Map() };
  const add = (facet: Facet, value: string) => counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
  for (const card of cards) {
    add("sites", card.site ?? noSite);
    add("kinds", card.kind);
    add("generations", card.generation);
    for (const tag of card.tags) add("tags", tag);
  }
  const sorted = (facet: Facet) => [...counts[facet]].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true }));
  return { sites: sorted("sites"), tags: sorted("tags"), kinds: sorted("kinds"), generations: sorted("generations") };
}
