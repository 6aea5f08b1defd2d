/** Alarms in words. */
import type { Card } from "../types";
import type { Alarm, AlarmEventKind, AlarmSource, AlarmState } from "../types/alarms";
import { count } from "./format";
import type { Tone } from "./status";

/** The sentence for a card without a standing alarm: only a card that answers can know that. */
export function noAlarmWords(card: Pick<Card, "status" | "lastSeen" | "retiredAt">): string {
  if (card.retiredAt) return "Not known: the card is retired.";
  const isHeard = card.lastSeen !== null;
  if (card.status === "unreachable") return isHeard ? "Not known: the card does not answer." : "Not known: the card has never answered.";
  if (card.status === "unknown") return isHeard ? "Not known: the card cannot tell the state of its device." : "Not known: the card has not answered yet.";
  return "No alarm stands.";
}

/** What is not known though no alarm stands: how many cards tell nothing. Null where all tell. */
export function silenceWords(cards: Iterable<Pick<Card, "status">>): string | null {
  let silent = 0;
  for (const { status } of cards) if (status === "unreachable" || status === "unknown") silent += 1;
  if (silent === 0) return null;
  return `Of ${count(silent, "card")} nothing is known: ${silent === 1 ? "it does" : "they do"} not tell the state of the device.`;
}

export const stateWord: Record<AlarmState, string> = { raised: "Raised", acknowledged: "Acknowledged", cleared: "Cleared" };
export const stateTone: Record<AlarmState, Tone> = { raised: "caution", acknowledged: "info", cleared: "muted" };

const sources: Record<AlarmSource, string> = {
  poll: "Poll", trap: "Trap", syslog: "Syslog", communication: "Communication", rule: "Rule", server: "This server",
};

export function sourceWord(source: AlarmSource): string {
  return sources[source] ?? source;
}

const kinds: Record<AlarmEventKind, { word: string; tone: Tone }> = {
  raised: { word: "Raised", tone: "bad" },
  cleared: { word: "Cleared", tone: "good" },
  severity: { word: "Severity changed", tone: "caution" },
  acknowledged: { word: "Acknowledged", tone: "info" },
  unacknowledged: { word: "Acknowledgement withdrawn", tone: "caution" },
  commented: { word: "Comment", tone: "info" },
  shelved: { word: "Shelved", tone: "muted" },
  unshelved: { word: "No longer shelved", tone: "caution" },
  flapping: { word: "Flapping", tone: "caution" },
  settled: { word: "Settled", tone: "good" },
};

/** What happened, as a heading of a timeline. A kind that this page does not know is spelt out. */
export function eventLook(kind: string): { word: string; tone: Tone } {
  return kinds[kind as AlarmEventKind] ?? { word: spelt(kind), tone: "muted" };
}

/** "lowBattery" as "Low battery". */
export function spelt(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/[_.-]+/g, " ").trim().toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Whether it is set aside at the moment `now`: a shelf ends by itself. */
export function isShelved(alarm: Pick<Alarm, "shelvedUntil">, now: number): boolean {
  return Boolean(alarm.shelvedUntil) && Date.parse(alarm.shelvedUntil ?? "") > now;
}

/** Where it is: the card, or this server itself. */
export function placeWord(alarm: Pick<Alarm, "card" | "cardName">): string {
  return alarm.card === null || alarm.card === undefined ? "This server" : alarm.cardName ?? `Card ${alarm.card}`;
}
