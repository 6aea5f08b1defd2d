/** What became of a notification, in words. */
import type { DeliveryState } from "../types/notifications";
import { spelt } from "./alarms";
import type { Tone } from "./status";

const looks: Record<DeliveryState, { word: string; tone: Tone }> = {
  waiting: { word: "Waiting", tone: "info" },
  sending: { word: "Sending", tone: "info" },
  delivered: { word: "Delivered", tone: "good" },
  failed: { word: "Failed", tone: "bad" },
  suppressed: { word: "Not sent", tone: "muted" },
  digested: { word: "In a digest", tone: "muted" },
};

export const deliveryStates = Object.keys(looks) as DeliveryState[];

export function deliveryLook(state: string): { word: string; tone: Tone } {
  return looks[state as DeliveryState] ?? { word: spelt(state), tone: "muted" };
}

const reasons: Record<string, string> = {
  retry: "To be tried again",
  refused: "The far end refused it",
  escalation: "Escalation",
  quietHours: "Quiet hours",
  maintenance: "Maintenance window",
  shelved: "The alarm is shelved",
  noRoute: "No route matches",
  noChannel: "The route has no channel",
  channelDisabled: "The channel is off",
  channelRemoved: "The channel was removed",
  neverTold: "Its beginning was never told",
  notWanted: "The routes do not want it",
  overflow: "Too many were waiting",
  digest: "Told in a digest",
  ended: "It was over before it was told",
  acknowledged: "Acknowledged before it was told",
};

/** Why nothing was sent, or why it waits. A sentence of the server's stays as it is. */
export function reasonWords(reason: string): string {
  const [, window] = /^maintenance: (.+)$/.exec(reason) ?? [];
  if (window) return `Maintenance window ${window}`;
  return reasons[reason] ?? (/\s/.test(reason) ? reason : spelt(reason));
}

const kinds: Record<string, string> = {
  opened: "Opened", changed: "Changed", ended: "Ended", single: "On its own", singleEnded: "On its own: ended", acknowledged: "Acknowledged", digest: "Digest", escalation: "Escalation", test: "Test",
};

export function tellWord(kind: string): string {
  return kinds[kind] ?? spelt(kind);
}
