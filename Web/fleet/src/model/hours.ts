/** Hours of the week, as forms hold them and in words. */
import type { Weekday, WeeklyHours } from "../types/notifications";

export const weekdayOptions: readonly (readonly [Weekday, string])[] = [
  ["monday", "Mon"], ["tuesday", "Tue"], ["wednesday", "Wed"], ["thursday", "Thu"], ["friday", "Fri"], ["saturday", "Sat"], ["sunday", "Sun"],
];

/** The reader's own time zone. */
export function ownZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}

export function newHours(from: string, to: string, zone = ownZone()): WeeklyHours {
  return { days: [], from, to, zone };
}

/** What is wrong, or null. */
export function hoursFault({ from, to, zone }: WeeklyHours): string | null {
  if (!isClock(from) || !isClock(to)) return "Times are as 18:00.";
  return zone.trim() === "" ? "Name a time zone, such as Europe/Zurich." : null;
}

function isClock(text: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(text) || text === "24:00";
}

/** "Mon–Fri 18:00–06:00 (Europe/Zurich)": runs of days are joined. */
export function hoursWords({ days, from, to, zone }: WeeklyHours): string {
  const whole = from === to ? "the whole day" : `${from}–${to}`;
  return `${daysWords(days)} ${whole} (${zone})`;
}

export function daysWords(days: readonly Weekday[]): string {
  if (days.length === 0 || days.length === weekdayOptions.length) return "every day";
  const parts: string[] = [];
  let run: string[] = [];
  const end = () => {
    if (run.length > 0) parts.push(run.length > 2 ? `${run[0]}–${run[run.length - 1]}` : run.join(", "));
    run = [];
  };
  for (const [day, word] of weekdayOptions) days.includes(day) ? run.push(word) : end();
  end();
  return parts.join(", ");
}
