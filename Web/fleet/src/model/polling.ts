/** Polling intervals as typed, and where a card's come from. */
import type { PollIntervals } from "../types/organisation";
import { duration } from "./format";

/** What the form holds. `isOwn` false: those of the group or the configuration. */
export interface PollText { status: string; full: string; isOwn: boolean }

export function pollText(intervals: PollIntervals | null | undefined): PollText {
  return { status: `${intervals?.statusSeconds ?? 10}`, full: `${intervals?.fullSeconds ?? 60}`, isOwn: Boolean(intervals) };
}

function seconds(text: string, most: number): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : 0;
  return value >= 1 && value <= most ? value : null;
}

/** What is wrong with the intervals, or null. */
export function pollFault({ status, full, isOwn }: PollText): string | null {
  if (!isOwn) return null;
  const [often, seldom] = [seconds(status, 3_600), seconds(full, 86_400)];
  if (often === null) return "The status interval is a whole number of seconds from 1 to 3600.";
  if (seldom === null) return "The interval of all values is a whole number of seconds from 1 to 86400.";
  return seldom < often ? "All values can't be asked for more often than the status." : null;
}

export function pollIntervals(text: PollText): PollIntervals | null {
  return text.isOwn ? { statusSeconds: Number(text.status), fullSeconds: Number(text.full) } : null;
}

/** "status every 10 s, all values every 1 min". */
export function pollWords({ statusSeconds, fullSeconds }: PollIntervals): string {
  return `status every ${duration(statusSeconds)}, all values every ${duration(fullSeconds)}`;
}
