/** The lines of a card's own timeline. */
import type { CardEvent } from "../types/alarms";
import type { CardMessage } from "../types/receivers";
import { eventLook } from "./alarms";
import { severityLook } from "./severity";
import type { Tone } from "./status";

export interface EventLine { key: string; at: string; word: string; tone: Tone; text: string; who: string | null; alarm?: number | null }

const protocols: Record<string, string> = { syslog: "Syslog", trap: "Trap", snmp: "Trap" };

/** What an alarm did, or what the card said. `index`: of several at the same moment. */
export function eventItem({ at, kind, alarm, title, source, text, user, severity }: CardEvent, index: number): EventLine {
  const look = alarm ? eventLook(kind) : { word: protocols[source ?? ""] ?? eventLook(kind).word, tone: severityLook(severity).tone };
  return { key: `${at} ${index}`, at, ...look, text: [title, text].filter(Boolean).join(": "), who: user, alarm };
}

export function messageItem({ id, at, protocol, severity, text }: CardMessage): EventLine {
  const { word, tone } = severityLook(severity);
  return { key: `${id}`, at, word: `${protocols[protocol] ?? protocol}: ${word.toLowerCase()}`, tone, text, who: null };
}
