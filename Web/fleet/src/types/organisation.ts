/** Sites, tags, groups and credential sets, as the API shows them. */
import type { Status } from "../types";

export interface Site {
  id: number;
  name: string;
  description: string | null;
  /** The address of the site's own relay, where it has one. */
  gateway: string | null;
  cards: number;
  statuses: Partial<Record<Status, number>>;
}

export interface Tag { name: string; cards: number }

/** How often a card is asked: its status class, and everything. Seconds. */
export interface PollIntervals { statusSeconds: number; fullSeconds: number }

/** What a group's filter may say; what is absent does not matter. */
export const filterFields = ["q", "site", "tag", "status", "generation", "model", "firmware", "kind", "range"] as const;
export type FilterField = (typeof filterFields)[number];
export type GroupFilter = Partial<Record<FilterField, string | string[] | null>>;

export interface Group {
  id: number;
  name: string;
  position: number;
  filter: GroupFilter;
  polling: PollIntervals | null;
  cards: number;
}

/** How a card's SNMP agent is asked. Passwords and communities are written, never read. */
export interface SNMPAccess {
  version?: "1" | "2c" | "3";
  readCommunity?: string;
  writeCommunity?: string;
  user?: string;
  authProtocol?: string;
  authPassword?: string;
  privProtocol?: string;
  privPassword?: string;
  context?: string;
}

/** Without its secrets. */
export interface CredentialSet {
  id: number;
  name: string;
  position: number;
  ranges: string[];
  group: number | null;
  version?: "1" | "2c" | "3";
  /** Of version 3: the user, what signs and what encrypts (null: nothing does), and the context. */
  user?: string | null;
  authProtocol?: string | null;
  privProtocol?: string | null;
  context?: string | null;
  /** Whether it opens the card's own pages and upgrades. */
  hasPassword?: boolean;
}
