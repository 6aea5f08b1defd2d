/** Receivers in words. */
import type { Receiver, UnknownSender } from "../types/receivers";
import { spelt } from "./alarms";
import type { Tone } from "./status";

const states: Record<Receiver["state"], { word: string; tone: Tone }> = {
  listening: { word: "Listening", tone: "good" }, off: { word: "Off", tone: "muted" }, unavailable: { word: "Not open", tone: "bad" },
};

export function receiverLook(state: Receiver["state"]): { word: string; tone: Tone } {
  return states[state] ?? { word: spelt(state), tone: "muted" };
}

const names: Record<Receiver["kind"], string> = { traps: "SNMP traps", syslogUDP: "Syslog, UDP", syslogTCP: "Syslog, TCP", syslogTLS: "Syslog, TLS" };

export function receiverWord(kind: Receiver["kind"]): string {
  return names[kind] ?? spelt(kind);
}

const protocols: Record<UnknownSender["protocol"], string> = { trap: "Trap", refusedTrap: "Refused trap", syslog: "Syslog" };

export function protocolWord(protocol: UnknownSender["protocol"]): string {
  return protocols[protocol] ?? spelt(protocol);
}

/** "v2c 1,204, v3 12": what came, by kind; what is none is left out. */
export function kindWords(byKind: Readonly<Record<string, number>> | null | undefined): string | null {
  const parts = Object.entries(byKind ?? {}).filter(([, number]) => number > 0).map(([kind, number]) => `${kind} ${number.toLocaleString("en-GB")}`);
  return parts.length === 0 ? null : parts.join(", ");
}
