/** Values as people read them. Pure: the present moment is a parameter. */

/** No-break space: a number and its unit stay on one line. */
const nbsp = "\u00a0";

function rounded(value: number, decimals: number): string {
  return value.toFixed(decimals);
}

/** Seconds as "1 h 05 min", "12 min", "45 s", "2 d 03 h". */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole}${nbsp}s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}${nbsp}min`;
  const hours = Math.floor(minutes / 60);
  const two = (n: number) => String(n).padStart(2, "0");
  if (hours < 24) return `${hours}${nbsp}h${nbsp}${two(minutes % 60)}${nbsp}min`;
  return `${Math.floor(hours / 24)}${nbsp}d${nbsp}${two(hours % 24)}${nbsp}h`;
}

const decimalsByUnit: Record<string, number> = { "%": 0, V: 1, A: 1, Hz: 1, "°C": 1, Ah: 1 };

/** A value in the unit of its name; power from 1000 on in kVA or kW, runtime in hours and minutes. */
export function quantity(value: number, unit: string): string {
  if (unit === "s") return duration(value);
  if ((unit === "VA" || unit === "W") && Math.abs(value) >= 1000) {
    const kilo = value / 1000;
    return `${rounded(kilo, Math.abs(kilo) >= 100 ? 0 : 1)}${nbsp}k${unit}`;
  }
  if (unit === "") return rounded(value, 2);
  return `${rounded(value, decimalsByUnit[unit] ?? 0)}${nbsp}${unit}`;
}

/** "just now", "12 s ago", "5 min ago", "3 h ago", "4 d ago". */
export function ago(time: string | null, now: number): string {
  if (!time) return "never";
  const seconds = Math.round((now - Date.parse(time)) / 1000);
  if (Number.isNaN(seconds)) return "unknown";
  if (seconds < 3) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** Bytes as "812 B", "64 kB", "8.4 MB" (powers of ten). */
export function bytes(size: number): string {
  if (size < 1000) return `${size}${nbsp}B`;
  if (size < 1_000_000) return `${rounded(size / 1000, 0)}${nbsp}kB`;
  return `${rounded(size / 1_000_000, 1)}${nbsp}MB`;
}

/** A moment in the reader's own time zone: "14:05:12" today, "22 Nov 14:05" otherwise. */
export function moment(time: string | number, now: number): string {
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) return "unknown";
  const isToday = date.toDateString() === new Date(now).toDateString();
  const clock = date.toLocaleTimeString("en-GB", isToday ? {} : { hour: "2-digit", minute: "2-digit" });
  if (isToday) return clock;
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return `${date.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: sameYear ? undefined : "numeric" })} ${clock}`;
}

/** "1 card", "12 cards", "1,204 addresses". */
export function count(n: number, noun: string, plural = `${noun}s`): string {
  return `${n.toLocaleString("en-GB")} ${n === 1 ? noun : plural}`;
}

/** "in 8 s", "in 5 min"; "now" for a moment that has come. */
export function until(time: string | null, now: number): string {
  if (!time) return "never";
  const seconds = Math.round((Date.parse(time) - now) / 1000);
  if (Number.isNaN(seconds)) return "unknown";
  return seconds < 1 ? "now" : `in ${duration(seconds)}`;
}

/** What a field for a local time holds of a moment: "2026-03-01T12:00"; nothing for none. */
export function localTime(time: string | null): string {
  const date = new Date(time ?? "");
  if (time === null || Number.isNaN(date.getTime())) return "";
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** The moment of a field for a local time, as the server takes it; null for none. */
export function sentTime(text: string): string | null {
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : new Date(time).toISOString().replace(/\.\d+Z$/, "Z");
}
