/** Who is told of what, by which way, and what became of it. */
import type { Severity } from "../types";

export type ChannelKind = "mail" | "webhook" | "syslog" | "snmpTrap" | "mqtt" | "command";
export type SettingValue = string | number | boolean | string[] | Record<string, string> | null;

export interface Channel {
  id: number;
  name: string;
  kind: ChannelKind;
  isEnabled: boolean;
  settings: Record<string, SettingValue>;
  /** The names of those that are stored; their values are written, never read. */
  secrets?: string[];
}
export interface ChannelTest { delivered: boolean; answer: string; milliseconds: number }

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";
/** Hours of the week in a time zone; `to` not after `from` is on the next day. No days: every day. */
export interface WeeklyHours { days: Weekday[]; from: string; to: string; zone: string }

export interface RouteMatch {
  sites: string[];
  tags: string[];
  cards: number[];
  kinds: string[];
  causes: string[];
  /** Names of alarms. */
  alarms: string[];
  /** At least this one. */
  severity: Severity;
  hours: WeeklyHours[];
}
/** Who else is told when nobody has acknowledged for so long. */
export interface EscalationStep { minutes: number; channels: number[] }

export interface NotificationRoute {
  id: number;
  name: string;
  position: number;
  isEnabled: boolean;
  match: RouteMatch;
  channels: number[];
  /** Whether the routes after it are looked at too. */
  continue: boolean;
  /** What is less grave than `below` waits until the hours are over, and is told together. */
  quietHours: { hours: WeeklyHours; below: Severity } | null;
  /** What is not critical is collected for so long; null: each at once. */
  digestMinutes: number | null;
  escalation: EscalationStep[];
  tellEnd: boolean;
  tellAcknowledged: boolean;
}

/** Once or weekly; no scope at all is the whole fleet. */
export interface MaintenanceWindow {
  id: number;
  name: string;
  sites: string[];
  tags: string[];
  cards: number[];
  from: string | null;
  until: string | null;
  weekly: WeeklyHours | null;
  /** Whether it holds messages back at the moment. */
  isOpen?: boolean;
}

export type DeliveryState = "waiting" | "sending" | "delivered" | "failed" | "suppressed" | "digested";

export interface Delivery {
  id: number;
  messageId: string;
  channel: number | null;
  channelName: string | null;
  route: number | null;
  kind: string;
  severity: Severity;
  incident: number | null;
  alarm: number | null;
  state: DeliveryState;
  reason: string | null;
  createdAt: string;
  dueAt: string | null;
  attempts: number;
  attemptedAt: string | null;
  endedAt: string | null;
  answer: string | null;
  title: string;
  text: string;
}

/** Who would be told, and when. */
export interface PreviewMessage {
  channel: number;
  channelName: string | null;
  route: number | null;
  at: string;
  /** Why it waits. */
  reason: string | null;
  /** Of an escalation, from 1. */
  step: number;
}
export interface Preview {
  /** The names of the routes that match. */
  routes: string[];
  messages: PreviewMessage[];
  /** Why nobody is told. */
  suppressed: string | null;
}
