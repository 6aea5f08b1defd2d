/** Which alarms a list shows: read from the address, asked of the server, and tested here for those that stand. */
import type { Severity } from "../types";
import type { Alarm } from "../types/alarms";
import { isShelved, placeWord } from "./alarms";
import { severities } from "./severity";

export const alarmViews = ["open", "raised", "acknowledged", "cleared", "all"] as const;
export type AlarmView = (typeof alarmViews)[number];
export const viewWord: Record<AlarmView, string> = { open: "Open", raised: "Raised", acknowledged: "Acknowledged", cleared: "Cleared", all: "All" };

export type ShelfChoice = "hidden" | "only" | "any";
export const alarmSorts = ["newest", "severity", "card", "site"] as const;
export type AlarmSort = (typeof alarmSorts)[number];

/** Of each list: empty means any, several mean one of them. */
export interface AlarmFilter {
  view: AlarmView;
  severities: readonly Severity[];
  sites: readonly string[];
  tags: readonly string[];
  /** The alarm's own name, as "upsAlarmOnBattery". */
  name: string;
  text: string;
  shelved: ShelfChoice;
  card: number | null;
  /** The first and the last day, "2026-03-31", of the past; empty: without an end. */
  from: string;
  to: string;
  sort: AlarmSort;
}

export const noAlarmFilter: AlarmFilter = { view: "open", severities: [], sites: [], tags: [], name: "", text: "", shelved: "hidden", card: null, from: "", to: "", sort: "newest" };

function oneOf<Value extends string>(values: readonly Value[], text: string | null, otherwise: Value): Value {
  return values.find((value) => value === text) ?? otherwise;
}

/** A day of the calendar, or nothing. */
function day(text: string | null): string {
  return text !== null && /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : "";
}

/** When a day begins here, so many days later. */
function beginOf(text: string, later: number): string {
  const begin = new Date(`${text}T00:00:00`);
  begin.setDate(begin.getDate() + later);
  return begin.toISOString();
}

/** What it does not understand it ignores. */
export function alarmFilter(query: URLSearchParams): AlarmFilter {
  const wanted = (query.get("severity") ?? "").split(",");
  const card = Number(query.get("card") ?? "");
  const shelved = query.get("shelved");
  return {
    view: oneOf(alarmViews, query.get("state"), "open"), severities: severities.filter((each) => wanted.includes(each)),
    sites: query.getAll("site"), tags: query.getAll("tag"), name: query.get("name") ?? "", text: query.get("q") ?? "",
    shelved: shelved === "true" ? "only" : shelved === "any" ? "any" : "hidden",
    card: Number.isInteger(card) && card > 0 ? card : null, sort: oneOf(alarmSorts, query.get("sort"), "newest"),
    from: day(query.get("from")), to: day(query.get("to")),
  };
}

/** The address of a filter; defaults are left out. */
export function alarmQuery(filter: AlarmFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.view !== "open") query.set("state", filter.view);
  if (filter.severities.length > 0) query.set("severity", filter.severities.join(","));
  for (const site of filter.sites) query.append("site", site);
  for (const tag of filter.tags) query.append("tag", tag);
  if (filter.name !== "") query.set("name", filter.name);
  if (filter.text !== "") query.set("q", filter.text);
  if (filter.shelved !== "hidden") query.set("shelved", filter.shelved === "only" ? "true" : "any");
  if (filter.card !== null) query.set("card", `${filter.card}`);
  if (filter.from !== "") query.set("from", filter.from);
  if (filter.to !== "") query.set("to", filter.to);
  if (filter.sort !== "newest") query.set("sort", filter.sort);
  return query;
}

/** Whether the page holds all that may be shown, so that events keep it current: the alarms that stand. The others are the server's to find. */
export function isLiveView(view: AlarmView): boolean {
  return view !== "cleared" && view !== "all";
}

/** The filter in another view. Of the past the server is asked for one site and one tag; what stands has no days. */
export function inView(filter: AlarmFilter, view: AlarmView): AlarmFilter {
  return isLiveView(view) ? { ...filter, view, from: "", to: "" } : { ...filter, view, sites: filter.sites.slice(-1), tags: filter.tags.slice(-1) };
}

/** What the server is asked for one of the other views. */
export function historyPath(filter: AlarmFilter): string {
  const query = alarmQuery({ ...inView(filter, filter.view), shelved: "hidden", sort: "newest" });
  if (filter.shelved === "only") query.set("shelved", "true");
  if (filter.from !== "") query.set("from", beginOf(filter.from, 0));
  if (filter.to !== "") query.set("to", beginOf(filter.to, 1));
  query.set("state", filter.view);
  return `/alarms?${query}`;
}

/** A test for everything but the severity and the shelf. `tagsOf`: of a card. */
function matcher(filter: AlarmFilter, tagsOf: (card: number) => readonly string[]): (alarm: Alarm) => boolean {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const isIn = (chosen: readonly string[], value: string) => chosen.length === 0 || chosen.includes(value);
  return (alarm) => {
    if (alarm.state === "cleared" || (filter.view !== "open" && alarm.state !== filter.view)) return false;
    if (filter.card !== null && alarm.card !== filter.card) return false;
    if (filter.name !== "" && alarm.name !== filter.name) return false;
    if (!isIn(filter.sites, alarm.site ?? "")) return false;
    if (filter.tags.length > 0 && !(alarm.card !== null && tagsOf(alarm.card).some((tag) => filter.tags.includes(tag)))) return false;
    const text = [alarm.title, alarm.name, placeWord(alarm), alarm.site, alarm.detail].filter(Boolean).join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

export interface FilteredAlarms {
  alarms: Alarm[];
  /** Of what all but the severity lets through, so that a chip says what it would show; and of what all but the shelf does. */
  counts: Partial<Record<Severity, number>>;
  shelved: number;
  total: number;
}

export function filterAlarms(alarms: Iterable<Alarm>, filter: AlarmFilter, tagsOf: (card: number) => readonly string[], now: number): FilteredAlarms {
  const matches = matcher(filter, tagsOf);
  const result: FilteredAlarms = { alarms: [], counts: {}, shelved: 0, total: 0 };
  for (const alarm of alarms) {
    if (alarm.state === "cleared") continue;
    result.total += 1;
    if (!matches(alarm)) continue;
    const isAside = isShelved(alarm, now);
    if (isAside) result.shelved += 1;
    if (isAside ? filter.shelved === "hidden" : filter.shelved === "only") continue;
    result.counts[alarm.severity] = (result.counts[alarm.severity] ?? 0) + 1;
    if (filter.severities.length === 0 || filter.severities.includes(alarm.severity)) result.alarms.push(alarm);
  }
  return result;
}
