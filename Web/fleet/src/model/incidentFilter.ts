/** Which incidents a list shows: read from the address, and asked of the server. */
import type { Severity } from "../types";
import { severities } from "./severity";

export const incidentStates = [["open", "Open"], ["ended", "Ended"], ["all", "All"]] as const;
export type IncidentView = (typeof incidentStates)[number][0];
/** Empty texts and lists mean any. */
/** The server takes one severity. */
export interface IncidentFilter { state: IncidentView; site: string; cause: string; severities: readonly Severity[]; text: string }

/** What it does not understand it ignores. */
export function incidentState(query: URLSearchParams): IncidentFilter {
  const wanted = (query.get("severity") ?? "").split(",");
  return {
    state: incidentStates.find(([state]) => state === query.get("state"))?.[0] ?? "open", site: query.get("site") ?? "", cause: query.get("cause") ?? "",
    severities: severities.filter((each) => wanted.includes(each)).slice(0, 1), text: query.get("q") ?? "",
  };
}

/** The address of a filter; defaults are left out. */
export function incidentQuery({ state, site, cause, severities: chosen, text }: IncidentFilter): URLSearchParams {
  const query = new URLSearchParams();
  if (state !== "open") query.set("state", state);
  if (site !== "") query.set("site", site);
  if (cause !== "") query.set("cause", cause);
  if (chosen.length > 0) query.set("severity", chosen.join(","));
  if (text !== "") query.set("q", text);
  return query;
}

export function incidentPath(filter: IncidentFilter): string {
  const query = incidentQuery(filter);
  query.set("state", filter.state);
  return `/incidents?${query}`;
}
