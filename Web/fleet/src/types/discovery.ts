/** Searches, what they found, and what is done with it. */

export type DiscoveryMethod = "lan" | "snmp" | "ssdp" | "bacnet" | "modbus" | "neighbours";
/** How a card came to be known; more than what a search can be asked for. */
export type FindingMethod = DiscoveryMethod | "trap" | "import";

/** Addresses asked so far, and to be asked; datagrams or connections; addresses where something answered, card or not. */
export interface MethodProgress { probed: number; total: number; sent: number; answered: number; isDone: boolean }

export interface Discovery {
  id: number;
  state: "running" | "done" | "failed" | "cancelled";
  methods: DiscoveryMethod[];
  ranges: string[];
  interfaces?: string[];
  packetsPerSecond?: number;
  accept: boolean;
  startedAt: string;
  finishedAt: string | null;
  probed: number;
  total: number;
  found: number;
  error: string | null;
  /** Absent where the server only tells the sum. */
  progress?: Partial<Record<DiscoveryMethod, MethodProgress>>;
}

export interface DiscoveryRequest {
  methods: DiscoveryMethod[];
  ranges: string[];
  interfaces?: string[];
  packetsPerSecond?: number;
  accept: boolean;
  credentials?: { version: "1" | "2c"; community: string }[];
}

export interface FoundCard {
  number: number;
  address: string;
  mac: string | null;
  serial: string | null;
  model: string | null;
  generation: string | null;
  firmware: string | null;
  methods?: FindingMethod[];
  state: "new" | "known" | "accepted" | "ignored";
  card: number | null;
}

export type CandidateState = "new" | "ignored" | "accepted";

/** What was found and is not in the inventory, one for each identity. */
export interface Candidate {
  id: number;
  address: string;
  mac: string | null;
  serial: string | null;
  model: string | null;
  generation: string | null;
  kind: string | null;
  firmware: string | null;
  name: string | null;
  methods: FindingMethod[];
  /** What was seen, in words, where it was found without SNMP. */
  evidence?: string[];
  state: CandidateState;
  card: number | null;
  firstSeen: string;
  lastSeen: string;
  /** The silent card at whose address this one answers. */
  place: Place | null;
  warnings: string[];
}
export interface Place { card: number; name: string }

export interface Acceptance { name?: string; site?: string; tags?: string[]; inherit?: number }

export interface DiscoveryRule {
  id: number;
  name: string;
  position: number;
  ranges: string[];
  generations: string[];
  model: string | null;
  methods: FindingMethod[];
  action: "accept" | "ignore";
  site: string | null;
  tags: string[];
}

export interface DiscoverySchedule {
  id: number;
  name: string;
  /** Null: those that the ranges allow. */
  methods: DiscoveryMethod[] | null;
  ranges: string[];
  interfaces: string[];
  accept: boolean;
  minutes: number;
  isEnabled: boolean;
  nextAt: string | null;
  lastDiscovery: number | null;
}

export interface ImportLine { line: number; address: string | null; action: "added" | "updated" | "unchanged" | "refused"; card: number | null; error: string | null }
export interface ImportResult { items: ImportLine[]; added: number; updated: number; unchanged: number; refused: number }
