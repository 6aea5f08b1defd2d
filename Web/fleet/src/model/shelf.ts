/** For how long an alarm is set aside: always with an end. */
import { sentTime } from "./format";

export const shelfChoices: readonly (readonly [minutes: string, word: string])[] = [
  ["60", "1 hour"], ["240", "4 hours"], ["480", "8 hours"], ["1440", "1 day"], ["10080", "1 week"], ["until", "Until…"],
];

export interface ShelfText { choice: string; until: string; reason: string }
export const newShelf: ShelfText = { choice: "60", until: "", reason: "" };

/** What is wrong, or null. `until` is a local time as the field has it: "2026-03-01T12:00". */
export function shelfFault({ choice, until, reason }: ShelfText, now: number): string | null {
  if (choice === "until") {
    const end = Date.parse(until);
    if (Number.isNaN(end)) return "Say until when.";
    if (end <= now) return "The end is in the past.";
  }
  return reason.trim() === "" ? "Say why: others will ask." : null;
}

export function shelfRequest({ choice, until, reason }: ShelfText): { minutes: number; reason: string } | { until: string; reason: string } {
  const why = reason.trim();
  return choice === "until" ? { until: sentTime(until) ?? until, reason: why } : { minutes: Number(choice), reason: why };
}
