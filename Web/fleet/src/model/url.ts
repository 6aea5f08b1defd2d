/**
 * The address bar: `#/cards?status=critical&q=rack`. Behind the hash, so that a page can be reloaded and shared while the server only
 * ever serves one document.
 */
import type { Status } from "../types";
import type { CardFilter } from "./filter";
import { defaultSort, sortKeys, type Sort, type SortKey } from "./sort";
import { statuses } from "./status";

export interface Route { path: string[]; query: URLSearchParams }

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  return { path: path.split("/").filter(Boolean), query: new URLSearchParams(query) };
}

export function href(path: string, query?: URLSearchParams): string {
  const text = query?.toString() ?? "";
  return `#/${path}${text === "" ? "" : `?${text}`}`;
}

export interface ListState { filter: CardFilter; sort: Sort }

/** What the list shows, read from the query; what it does not understand it ignores. */
export function listState(query: URLSearchParams): ListState {
  const wanted = (query.get("status") ?? "").split(",");
  const key = query.get("sort") ?? "";
  const sort: Sort = (sortKeys as readonly string[]).includes(key)
    ? { key: key as SortKey, descending: query.get("order") === "desc" }
    : defaultSort;
  const group = Number(query.get("group") ?? "");
  const filter: CardFilter = {
    text: query.get("q") ?? "", statuses: statuses.filter((status: Status) => wanted.includes(status)), sites: query.getAll("site"),
    tags: query.getAll("tag"), kinds: query.getAll("kind"), generations: query.getAll("generation"),
    group: Number.isInteger(group) && group > 0 ? group : null,
  };
  return { filter, sort };
}

/** The query of a list state; defaults are left out. */
export function listQuery({ filter, sort }: ListState): URLSearchParams {
  const query = new URLSearchParams();
  if (filter.text !== "") query.set("q", filter.text);
  if (filter.statuses.length > 0) query.set("status", filter.statuses.join(","));
  if (filter.group !== null) query.set("group", `${filter.group}`);
  for (const site of filter.sites) query.append("site", site);
  for (const tag of filter.tags) query.append("tag", tag);
  for (const kind of filter.kinds) query.append("kind", kind);
  for (const generation of filter.generations) query.append("generation", generation);
  if (sort.key !== defaultSort.key || sort.descending) {
    query.set("sort", sort.key);
    if (sort.descending) query.set("order", "desc");
  }
  return query;
}
