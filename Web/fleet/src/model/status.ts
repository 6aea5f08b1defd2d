/** The ten card statuses: what each is called, how it looks and how urgent it is. */
import type { OutputSource, Status } from "../types";

export type Tone = "good" | "info" | "caution" | "bad" | "muted";
export interface StatusLook { word: string; tone: Tone; icon: string; meaning: string }

export const statusLook: Record<Status, StatusLook> = {
  critical: { word: "Critical", tone: "bad", icon: "critical", meaning: "Something threatens the load now" },
  onBattery: { word: "On battery", tone: "caution", icon: "battery", meaning: "The mains have failed; the battery feeds the load" },
  unreachable: { word: "Unreachable", tone: "bad", icon: "unreachable", meaning: "The card does not answer" },
  off: { word: "Off", tone: "bad", icon: "off", meaning: "The output is off" },
  onBypass: { word: "On bypass", tone: "caution", icon: "bypass", meaning: "The load is fed unprotected by the bypass" },
  unknown: { word: "Unknown", tone: "muted", icon: "unknown", meaning: "The card answers, but cannot tell the state of its device" },
  warning: { word: "Warning", tone: "caution", icon: "warning", meaning: "Something wants attention" },
  standby: { word: "Standby", tone: "info", icon: "standby", meaning: "The device waits; its output is not fed" },
  eco: { word: "Eco mode", tone: "good", icon: "eco", meaning: "The load is fed by the mains, the inverter is ready" },
  normal: { word: "Normal", tone: "good", icon: "normal", meaning: "The load is protected" },
};

/** Most urgent first: the order of the list. */
export const statuses = Object.keys(statusLook) as Status[];

const rank = new Map(statuses.map((status, index) => [status, index]));

/** 0 is the most urgent. A status that this page does not know counts as unknown. */
export function urgency(status: Status): number {
  return rank.get(status) ?? rank.get("unknown") ?? 0;
}

export function look(status: Status): StatusLook {
  return statusLook[status] ?? statusLook.unknown;
}

const supplies: Readonly<Record<OutputSource, string | null>> = {
  unknown: null,
  maintenanceBypass: "Maintenance bypass",
  inverter: "Inverter",
  normal: "Mains",
  eco: "Mains (eco mode)",
  bypass: "Bypass",
  standby: "None (standby)",
  off: "None (output off)",
  lineInteractive: "Mains (line-interactive)",
  flex: "Mains (flex mode)",
  battery: "Battery",
};

/**
 * What feeds the load, in words; null where that is not known now. A card says "inverter" whether the inverter has mains or the battery
 * behind it: the battery is told by the status or the alarm.
 */
export function supply(status: Status, source: OutputSource | null | undefined, activeAlarms: ReadonlySet<string>): string | null {
  if (status === "unreachable" || status === "unknown" || !source) return null;
  const isOnBattery = status === "onBattery" || activeAlarms.has("upsAlarmOnBattery");
  return isOnBattery && source === "inverter" ? "Battery" : supplies[source];
}
