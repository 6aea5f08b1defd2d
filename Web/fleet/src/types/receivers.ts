/** What listens for traps and syslog, and who sends to it unknown. */
import type { Severity } from "../types";

export interface Receiver {
  kind: "traps" | "syslogUDP" | "syslogTCP" | "syslogTLS";
  state: "off" | "listening" | "unavailable";
  address: string | null;
  received: number;
  dropped: number;
  problem?: string | null;
  byKind?: Record<string, number>;
  /** What was lost, or not let in, by the reason. */
  drops?: Record<string, number>;
  /** Open ones; null of UDP. */
  connections?: number | null;
}

export interface UnknownSender {
  address: string;
  /** `refusedTrap`: its community, user, key or clock is not let in. */
  protocol: "trap" | "refusedTrap" | "syslog";
  engine: string | null;
  firstAt: string;
  lastAt: string;
  count: number;
  lastText: string | null;
  /** The card at this address, whose traps are refused. */
  card?: number | null;
}

/** A line that a card has sent by itself. */
export interface CardMessage { id: number; at: string; receivedAt: string; protocol: string; severity: Severity; text: string }
