/**
 * The server's HTTP API as this dashboard uses it (/api/v1, JSON). Times are RFC 3339 UTC strings. Where `null` is named, an absent member
 * means the same: readers test for both.
 */

import type { AlarmSource, AlarmState } from "./types/alarms";
import type { Discovery, Place } from "./types/discovery";
import type { PollIntervals } from "./types/organisation";
import type { Storage } from "./types/system";

export type Role = "viewer" | "operator" | "admin";
export type Status =
  | "normal" | "onBattery" | "onBypass" | "eco" | "standby" | "off" | "warning" | "critical" | "unreachable" | "unknown";
/** What feeds the load (upsOutputSource, and RFC 1628's battery). */
export type OutputSource =
  | "unknown" | "maintenanceBypass" | "inverter" | "normal" | "eco" | "bypass" | "standby" | "off" | "lineInteractive" | "flex" | "battery";
export type SourceStatus = "unknown" | "ok" | "critical" | "outOfTolerance" | "absent";
export type SourceInteraction = "unknown" | "synchronised" | "sliding" | "asynchronous";
/** What a static transfer system does. */
export interface Transfer {
  source1: SourceStatus;
  source2: SourceStatus;
  preferredSource: 1 | 2 | null;
  interaction: SourceInteraction;
  load: "unknown" | "preferredSource" | "alternateSource" | "off" | "maintenanceBypass1" | "maintenanceBypass2";
  output: "unknown" | "switch1" | "switch2" | "off";
}
export type Severity = "information" | "warning" | "critical";

export interface User { id: number; username: string; role: Role }
export interface Session { user: User }
export interface Token { id: number; name: string; role?: Role; createdAt?: string; expiresAt?: string | null; lastUsedAt?: string | null }
export interface NewToken { id: number; token: string }

export interface Page<Item> { items: Item[]; next: string | null }
export interface FieldError { field: string; detail: string }
/** RFC 9457. */
export interface ProblemDocument { type?: string; title?: string; status?: number; detail?: string; errors?: FieldError[] }

/** Values by NUT variable name (RFC 9271), in V, A, Hz, °C, °, W, VA, s or %. A value that is not managed is absent. */
export type Values = Readonly<Record<string, number>>;

export interface Card {
  id: number;
  name: string;
  mac: string | null;
  serial: string | null;
  address: string;
  /** Where the card's own pages are; null where it has none. Like all that may be absent: told of one card, not in the list. */
  webPort?: number | null;
  generation: string;
  kind: "ups" | "sts";
  model: string | null;
  firmware: string | null;
  agent?: string | null;
  status: Status;
  site: string | null;
  tags: string[];
  /** Null where the card does not tell. */
  outputSource?: OutputSource | null;
  /** Null of a UPS, and without an answer. */
  transfer?: Transfer | null;
  lastSeen: string | null;
  alarmCount: number;
  /** `ups.load`, `battery.charge`, `battery.runtime`: what the list shows. */
  summary: Values;
  location: string | null;
  createdAt?: string;
  /** Why the card is unreachable or unknown, in words. */
  problem: string | null;
  /** What is wrong though the card can be read; a sentence each. */
  warnings?: string[];
  /** The card whose place this one took, and the one that took its place. */
  predecessor?: number | null;
  successor?: number | null;
  /** Since when it is no longer watched: told of a retired card only, which no list shows. */
  retiredAt?: string | null;
  /** Of its own; null or absent: its group's or the configuration's. */
  polling?: PollIntervals | null;
  protocol?: "snmp" | "modbus";
  /** The name of the profile that was chosen for it; null: by its generation. */
  profile?: string | null;
  gateway?: CardGateway | null;
  /** A silent card at whose address this one answers. */
  place?: Place | null;
}

/** The card's door for Modbus clients: a port of its own, a unit of the shared port, and whether clients may write. */
export interface CardGateway { port?: number | null; unit?: number | null; writes?: boolean }

export interface Readings { at: string | null; values: Values }
export interface HistoryPoint { at: string; avg: number; min: number; max: number }
/** `step` in seconds; a step without data has no point. */
export interface History { metric: string; unit: string; from: string; to: string; step: number; points: HistoryPoint[] }
/** Of several metrics at once. */
export interface HistorySeries { from: string; to: string; step: number; series: { metric: string; unit: string; points: HistoryPoint[] }[] }
/** What is optional an older server does not tell. */
export interface CardAlarm {
  name: string;
  title: string;
  severity: Severity;
  since: string;
  clearedAt: string | null;
  id?: number;
  state?: AlarmState;
  source?: AlarmSource;
  acknowledgedBy?: string | null;
  acknowledgedAt?: string | null;
  shelvedUntil?: string | null;
  flapping?: boolean;
}
export interface Network { address: string; netmask: string; gateway: string; dhcp: boolean }

export interface Firmware {
  id: number;
  name: string;
  format: "CardAgent" | "vendor";
  product: string | null;
  version: string | null;
  minimumVersion: string | null;
  hardware: string[];
  size: number;
  sha256: string;
  signature: "none" | "signed" | "trusted" | "invalid";
  keyId: string | null;
  uploadedAt: string;
  uploadedBy: string | null;
}

export type StepState =
  | "queued" | "preflight" | "unlock" | "transfer" | "restart" | "verify" | "done" | "failed" | "quarantined" | "skipped";
export type CampaignState = "planned" | "running" | "paused" | "halted" | "done" | "cancelled";
export type StepCounts = Partial<Record<StepState, number>>;
/** Seconds that one card may spend in a step. */
export interface Deadlines { transfer: number; restart: number; verify: number }

export interface CampaignRequest {
  name: string;
  kind: "firmware";
  firmware: number;
  targets: { cards: number[] };
  canary: number;
  concurrency: number;
  deadlines: Deadlines;
  halt: { failures: string | number };
}
export interface Campaign {
  id: number;
  name: string;
  kind: "firmware";
  firmware: { id: number; name: string; version: string | null } | null;
  state: CampaignState;
  haltReason: string | null;
  total: number;
  counts: StepCounts;
  canary: number | null;
  waves: string[] | null;
  concurrency: number | null;
  deadlines: Partial<Deadlines> | null;
  halt: { failures?: string | number } | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  createdBy: string | null;
}
export interface CampaignCard {
  card: number;
  name: string;
  address: string;
  wave: number | null;
  state: StepState;
  error: string | null;
  transfers: number;
  /** 0 … 1 of the transfer, while it runs. */
  progress: number | null;
  fromVersion: string | null;
  toVersion: string | null;
  updatedAt: string;
}
export interface Verdict { card: number; name: string; verdict: "ready" | "skip"; reason: string | null }
export interface DryRun { cards: Verdict[] }

/** What `/stream` sends, by event type. */
export interface StreamEvents {
  /** `retired`: the card has left the fleet. */
  card: { card: number; at: string; item?: Card; retired?: boolean } & Partial<Card>;
  /** So many cards have changed at once that the list is to be read again. */
  cards: { card: null; at: string; changed: number };
  /** The values of a card that is followed; of another only that it was read. */
  readings: { card: number; at: string; values?: Values };
  /** No card: an alarm of the server's own. */
  alarm: {
    card: number | null; at: string; name: string; title: string; severity: Severity; active: boolean; id?: number; state?: AlarmState; source?: AlarmSource;
  };
  incident: { card: null; at: string; incident: number };
  notification: { card: null; at: string; notification: number };
  campaign: {
    card: number | null; at: string; campaign: number; state: StepState | null; campaignState: CampaignState;
    error: string | null; progress: number | null; counts: StepCounts;
  };
  discovery: { card: null; at: string; discovery: number; item: Discovery };
  storage: { card: null; at: string } & Storage;
}
export type StreamEventName = keyof StreamEvents;
