/** Orders of the alarm list. */
import type { Alarm } from "../types/alarms";
import type { AlarmSort } from "./alarmFilter";
import { placeWord } from "./alarms";
import { gravity } from "./severity";
import { natural } from "./sort";

export const sortWord: Record<AlarmSort, string> = { newest: "Newest first", severity: "Gravest first", card: "By card", site: "By site" };

type Key = string | number;

const first: Record<AlarmSort, (alarm: Alarm) => Key> = {
  newest: () => 0,
  severity: (alarm) => gravity(alarm.severity),
  card: (alarm) => natural(placeWord(alarm)) ?? "",
  // Without a site last.
  site: (alarm) => natural(alarm.site) ?? "\uffff",
};

/** A sorted copy; equal ones newest first. */
export function sortAlarms(alarms: readonly Alarm[], sort: AlarmSort): Alarm[] {
  const keyed = alarms.map((alarm) => ({ alarm, key: first[sort](alarm), since: Date.parse(alarm.since) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : b.since - a.since || b.alarm.id - a.alarm.id));
  return keyed.map(({ alarm }) => alarm);
}
