/** Groups: saved filters of the inventory, evaluated here as the server does, so that the list needs no second reading. */
import type { Card } from "../types";
import { filterFields, type FilterField, type Group, type GroupFilter } from "../types/organisation";
import type { CardFilter } from "./filter";
import { noSite } from "./facets";
import { inRanges } from "./network";
import { look } from "./status";
import { kindWord } from "./transfer";

/** The fields that may hold several values, of which a card has one. */
const lists: readonly FilterField[] = ["status", "generation", "kind", "range"];

/** The values of a field of a group's filter: one, several where it is a list (also apart by commas), or none. */
export function filterValues(filter: GroupFilter, field: FilterField): string[] {
  const value = filter[field];
  if (value === undefined || value === null) return [];
  const texts = Array.isArray(value) ? value : lists.includes(field) ? value.split(",") : [value];
  return texts.map((text) => text.trim()).filter(Boolean);
}

/** Why what the list shows can't be a group, in words; null if it can. The list filters more finely than the server. */
export function groupFault(filter: CardFilter): string | null {
  if (filter.sites.length > 1 || filter.sites.includes(noSite)) return "A group is of one site, or of any.";
  if (filter.tags.length > 1) return "A group is of one tag, or of any.";
  return filter.text.trim().includes(" ") ? "A group looks for one word." : null;
}

/** The columns in which text is looked for, here and by the server. */
export function searched(card: Card): (string | null)[] {
  return [card.name, card.address, card.mac, card.serial, card.model, card.site, card.location, card.firmware];
}

function contains(card: Card, text: string): boolean {
  const lower = text.toLowerCase();
  return searched(card).some((part) => part?.toLowerCase().includes(lower));
}

/** A test whether a card belongs to the group. */
export function groupMatcher(filter: GroupFilter): (card: Card) => boolean {
  const values = Object.fromEntries(filterFields.map((field) => [field, filterValues(filter, field)])) as Record<FilterField, string[]>;
  const oneOf = (field: FilterField, value: string | null | undefined) => values[field].length === 0 || values[field].includes(value ?? "");
  const isIn = values.range.length === 0 ? () => true : inRanges(values.range);
  return (card) =>
    oneOf("site", card.site) && oneOf("status", card.status) && oneOf("generation", card.generation) && oneOf("kind", card.kind)
    && oneOf("model", card.model) && oneOf("firmware", card.firmware)
    && (values.tag.length === 0 || values.tag.some((tag) => card.tags.includes(tag)))
    && values.q.every((text) => contains(card, text)) && isIn(card.address);
}

/** The group filter of what the list shows now. A group that narrows it already is kept by taking its fields over. */
export function groupFilterOf(filter: CardFilter, groups: readonly Group[]): GroupFilter {
  const base = groups.find((group) => group.id === filter.group)?.filter ?? {};
  const chosen: GroupFilter = {
    ...base,
    ...(filter.text.trim() !== "" && { q: filter.text.trim() }),
    ...(filter.sites[0] && { site: filter.sites[0] }),
    ...(filter.tags[0] && { tag: filter.tags[0] }),
    ...(filter.statuses.length > 0 && { status: [...filter.statuses] }),
    ...(filter.kinds.length > 0 && { kind: [...filter.kinds] }),
    ...(filter.generations.length > 0 && { generation: [...filter.generations] }),
  };
  return withoutEmpty(chosen);
}

/** The filter without the fields that say nothing. */
export function withoutEmpty(filter: GroupFilter): GroupFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null && value !== undefined && value.length > 0));
}

const fieldWords: Record<FilterField, string> = {
  q: "text", site: "site", tag: "tag", status: "status", generation: "generation", model: "model", firmware: "firmware", kind: "kind", range: "address",
};

/** "site Lyon, status critical or unreachable"; "every card" for an empty filter. */
export function filterWords(filter: GroupFilter): string {
  const spelt = (field: FilterField, value: string): string => {
    if (field === "status") return look(value as Card["status"]).word.toLowerCase();
    if (field === "kind") return kindWord(value as Card["kind"]);
    return field === "q" ? `“${value}”` : value;
  };
  const parts = filterFields.flatMap((field) => {
    const values = filterValues(filter, field);
    return values.length === 0 ? [] : [`${fieldWords[field]} ${values.map((value) => spelt(field, value)).join(" or ")}`];
  });
  return parts.length === 0 ? "every card" : parts.join(", ");
}

