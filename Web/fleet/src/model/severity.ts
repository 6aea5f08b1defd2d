/** The three severities: what each is called, how it looks, and which is graver. */
import type { Severity } from "../types";
import type { Tone } from "./status";

export interface SeverityLook { word: string; tone: Tone; icon: string }

const looks: Record<Severity, SeverityLook> = {
  critical: { word: "Critical", tone: "bad", icon: "critical" },
  warning: { word: "Warning", tone: "caution", icon: "warning" },
  information: { word: "Information", tone: "info", icon: "unknown" },
};

/** Gravest first. */
export const severities: readonly Severity[] = ["critical", "warning", "information"];

/** For a list of choices. */
export const severityOptions = severities.map((severity): [Severity, string] => [severity, looks[severity].word]);

export function severityLook(severity: Severity): SeverityLook {
  return looks[severity] ?? { word: severity, tone: "muted", icon: "unknown" };
}

/** 0 is the gravest; one that this page does not know counts as the least. */
export function gravity(severity: Severity): number {
  const index = severities.indexOf(severity);
  return index < 0 ? severities.length : index;
}
