/** What a static transfer system does, in words and tones. */
import type { SourceInteraction, SourceStatus, Status, Transfer } from "../types";
import type { Tone } from "./status";

export interface Fact { label: string; text: string; tone: Tone }

const loads: Readonly<Record<Transfer["load"], { text: string; tone: Tone } | null>> = {
  unknown: null,
  preferredSource: { text: "Preferred source", tone: "good" },
  alternateSource: { text: "Alternate source", tone: "caution" },
  off: { text: "None (output off)", tone: "bad" },
  maintenanceBypass1: { text: "Maintenance bypass 1", tone: "caution" },
  maintenanceBypass2: { text: "Maintenance bypass 2", tone: "caution" },
};

const sources: Readonly<Record<SourceStatus, { text: string; tone: Tone }>> = {
  unknown: { text: "Unknown", tone: "muted" },
  ok: { text: "OK", tone: "good" },
  critical: { text: "Critical", tone: "bad" },
  outOfTolerance: { text: "Out of tolerance", tone: "caution" },
  absent: { text: "Absent", tone: "bad" },
};

const interactions: Readonly<Record<SourceInteraction, { text: string; tone: Tone } | null>> = {
  unknown: null,
  synchronised: { text: "Synchronised", tone: "good" },
  sliding: { text: "Sliding", tone: "info" },
  asynchronous: { text: "Asynchronous", tone: "caution" },
};

/** The source whose static switch is closed: "Preferred source (1)". */
function switchNumber(transfer: Transfer): string {
  if (transfer.load !== "preferredSource" && transfer.load !== "alternateSource") return "";
  if (transfer.output === "switch1") return " (1)";
  return transfer.output === "switch2" ? " (2)" : "";
}

/**
 * Load, both sources and how they stand to each other. Nothing where the card does not answer now, or knows nothing of its device: what was
 * true once would be read as true.
 */
export function transferFacts(status: Status, transfer: Transfer | null | undefined): Fact[] {
  if (!transfer || status === "unreachable" || status === "unknown") return [];
  const load = loads[transfer.load];
  const interaction = interactions[transfer.interaction];
  const source = (number: 1 | 2): Fact => ({
    label: `Source ${number}${transfer.preferredSource === number ? ", preferred" : ""}`,
    ...(sources[number === 1 ? transfer.source1 : transfer.source2] ?? sources.unknown),
  });
  return [
    ...(load ? [{ label: "Load fed by", text: load.text + switchNumber(transfer), tone: load.tone }] : []),
    source(1), source(2),
    ...(interaction ? [{ label: "Sources", ...interaction }] : []),
  ];
}

/** What a list calls a kind of device. */
export function kindWord(kind: "ups" | "sts"): string {
  return kind === "sts" ? "STS" : "UPS";
}
