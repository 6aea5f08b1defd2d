/** Incidents in words. */
import type { Incident, IncidentWithCounts } from "../types/alarms";
import { spelt } from "./alarms";
import { count } from "./format";
import type { Tone } from "./status";

const causes: Record<string, string> = {
  mains: "Mains failure", communication: "Cards do not answer", siteUnreachable: "Site unreachable", serverIsolated: "This server is cut off", environment: "Environment", battery: "Battery", load: "Load",
};

export function causeWord(cause: string): string {
  if (causes[cause]) return causes[cause] ?? cause;
  return cause.startsWith("rule:") ? `Rule ${cause.slice(5)}` : spelt(cause.replace(/^(ups|sts)(Alarm|Trap)?(?=[A-Z])/, ""));
}

/** The causes that many alarms may have in common. */
export const causeOptions = Object.entries(causes).map(([value, word]) => ({ value, word }));

/** "12 cards, 3 not recovered, 2 on their own". */
export function incidentWords({ cards, active, singles, state }: Pick<Incident, "cards" | "active" | "singles" | "state">): string {
  const standing = active === 0 ? (state === "ended" ? "" : "all recovered") : `${active.toLocaleString("en-GB")} not recovered`;
  return [count(cards, "card"), standing, singles > 0 && `${singles.toLocaleString("en-GB")} on ${singles === 1 ? "its" : "their"} own`].filter(Boolean).join(", ");
}

const kinds: Record<string, { word: string; tone: Tone }> = {
  opened: { word: "Opened", tone: "bad" },
  severity: { word: "Severity changed", tone: "caution" },
  joined: { word: "Joined", tone: "caution" },
  single: { word: "On its own", tone: "bad" },
  singleEnded: { word: "On its own: ended", tone: "good" },
  cause: { word: "Cause", tone: "info" },
  acknowledged: { word: "Acknowledged", tone: "info" },
  commented: { word: "Comment", tone: "info" },
  told: { word: "Told", tone: "muted" },
  recovered: { word: "Recovered", tone: "good" },
  relapsed: { word: "Came back", tone: "caution" },
  unacknowledged: { word: "Acknowledgement withdrawn", tone: "caution" },
  ended: { word: "Ended", tone: "good" },
};

export function incidentEventLook(kind: string): { word: string; tone: Tone } {
  return kinds[kind] ?? { word: spelt(kind), tone: "muted" };
}

/** "430 alarms, 171 stand, 12 acknowledged"; what is none is left out. */
export function alarmCountWords({ alarms, active, acknowledged, shelved }: NonNullable<IncidentWithCounts["counts"]>): string {
  const part = (n: number, word: string) => n > 0 && `${n.toLocaleString("en-GB")} ${word}`;
  return [count(alarms, "alarm"), part(active, active === 1 ? "stands" : "stand"), part(acknowledged, "acknowledged"), part(shelved, "shelved")].filter(Boolean).join(", ");
}
