/** The server itself, its store, its Modbus gateway, and how a card is reached. */
import type { PollIntervals } from "./organisation";

export interface Storage {
  state: "ok" | "full" | "failing";
  problem?: string | null;
  since?: string | null;
  telemetryBytes?: number | null;
  telemetrySamples?: number | null;
  bytesPerSample?: number | null;
  /** Since the start: could not be written for too long. */
  lostSamples?: number;
}

export interface System {
  version: string;
  storage: Storage;
  /** Figures of the poller; which ones there are is the server's matter. */
  polling?: Record<string, unknown> | null;
  database?: "sqlite" | "postgresql" | null;
}

export interface GatewayPort {
  card: number;
  name: string;
  port: number | null;
  unit: number | null;
  writes: boolean;
  state: string;
  clients: number;
  requests: number;
  cacheHits: number;
  queued: number;
  lastError: string | null;
  /** Null: the error is there now. */
  lastErrorAt: string | null;
}
export interface Gateway {
  listen: string | null;
  /** Where the cards' own ports are. */
  host?: string;
  /** Why the shared port is not open. */
  problem?: string | null;
  items: GatewayPort[];
}

export interface CardHealth {
  latencyMs: { last: number | null; average: number | null; worst: number | null } | null;
  lossPercent: number | null;
  consecutiveFailures: number;
  lastAnswerAt: string | null;
  lastError: string | null;
  lastErrorAt: string | null;
  nextPollAt: string | null;
  backOffSeconds: number | null;
  isPolledByThisServer: boolean;
  /** `from`: "card", "group NAME" or "configuration". */
  polling: (PollIntervals & { from: string }) | null;
  protocol: string | null;
  profile: string | null;
}

export interface ProfileSummary {
  name: string;
  title: string;
  origin: "builtIn" | "file";
  file: string | null;
  /** The profile whose points this one adds to. */
  extends: string | null;
  generation: string;
  kind: string;
  protocols: ("snmp" | "modbus")[];
  /** Whether cards are read by it without being set to it. */
  isChosenByItself: boolean;
  /** Asked with the status, and with everything. */
  statusPoints: number;
  points: number;
}
export interface ProfileProblem { file: string; line: number | null; key: string; reason: string }
export interface ProfileList { items: ProfileSummary[]; problems: ProfileProblem[] }
