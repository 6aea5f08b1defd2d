/** Alarms over their life, and the incidents that they were grouped into. */
import type { Severity } from "../types";

/** Who says so. */
export type AlarmSource = "poll" | "trap" | "syslog" | "communication" | "rule" | "server";
export type AlarmState = "raised" | "acknowledged" | "cleared";

export interface Alarm {
  id: number;
  /** Null: the server's own. */
  card: number | null;
  cardName: string | null;
  site: string | null;
  name: string;
  title: string;
  severity: Severity;
  source: AlarmSource;
  detail: string | null;
  state: AlarmState;
  since: string;
  clearedAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
  /** It comes and goes so often that it is held. */
  flapping: boolean;
  occurrences: number;
  shelvedUntil: string | null;
  shelvedBy: string | null;
  shelvedReason: string | null;
  incident: number | null;
  changedAt: string;
}

export type AlarmEventKind =
  | "raised" | "cleared" | "severity" | "acknowledged" | "unacknowledged" | "commented" | "shelved" | "unshelved" | "flapping" | "settled";

export interface AlarmEvent {
  id: number;
  at: string;
  kind: AlarmEventKind;
  severity: Severity;
  source: AlarmSource | null;
  /** Null: the server. */
  user: string | null;
  text: string | null;
}

/** An alarm with what happened to it. */
export interface AlarmWithEvents extends Alarm { events: AlarmEvent[] }

export interface AlarmSummary {
  raised: number;
  acknowledged: number;
  shelved: number;
  bySeverity: Partial<Record<Severity, number>>;
  unacknowledgedCritical: number;
}

export interface BulkAcknowledgement { acknowledged: number; skipped: { id: number; reason: string }[] }

/** What a card's alarms have done and what it has sent, newest first. */
export interface CardEvent {
  at: string;
  /** What happened to an alarm, or "message". */
  kind: string;
  severity: Severity;
  alarm: number | null;
  name: string | null;
  title: string | null;
  /** Who said it; of a message its protocol. */
  source: string | null;
  user: string | null;
  text: string | null;
}

export interface Incident {
  id: number;
  site: string | null;
  /** The site, the network or the card. */
  place?: string;
  cause: string;
  title: string;
  severity: Severity;
  state: "open" | "ended";
  openedAt: string;
  endedAt: string | null;
  changedAt: string;
  /** Cards that it has or had; those that have not recovered; those that were told on their own. */
  cards: number;
  active: number;
  singles: number;
  acknowledgedAt: string | null;
  acknowledgedBy: string | null;
}

export interface IncidentWithCounts extends Incident {
  /** Of its alarms, of which a card may have several. */
  counts?: { alarms: number; active: number; acknowledged: number; shelved: number };
  /** What is taken for the cause of it all. */
  root?: string | null;
}

export interface IncidentMember {
  alarm: number;
  card: number | null;
  cardName: string | null;
  name: string;
  title: string;
  severity: Severity;
  acknowledged: boolean;
  shelved: boolean;
  joinedAt: string;
  clearedAt: string | null;
  /** Since when it is told on its own: it got worse, or it did not recover with the others. */
  singledAt: string | null;
}

export interface IncidentEvent { id: number; at: string; kind: string; text: string; username: string | null }
