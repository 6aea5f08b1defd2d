/** Figures of the server that this page does not know by name, in words. */
import { duration } from "./format";

export interface NamedFigure { label: string; text: string }

const known: Record<string, string> = {
  statusSeconds: "Status asked every", fullSeconds: "All values asked every", latenessP99Seconds: "99 of 100 polls late by at most",
};

/** `lateCards` → "Late cards"; `p99LatenessMs` → "P99 lateness". */
function label(key: string): string {
  const given = known[key];
  if (given !== undefined) return given;
  const words = key.replace(/(Ms|Seconds|Percent|Bytes)$/, "").replace(/([a-z\d])([A-Z])/g, "$1 $2").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function text(key: string, value: unknown): string | null {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "string") return value;
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  const number = (digits: number) => value.toLocaleString("en-GB", { maximumFractionDigits: digits });
  if (key.endsWith("Ms")) return `${number(1)}\u00a0ms`;
  if (key.endsWith("Seconds")) return value < 60 ? `${number(3)}\u00a0s` : duration(value);
  if (key.endsWith("Percent")) return `${number(1)}\u00a0%`;
  return number(2);
}

/** What a record of figures says; nested records are flattened, lists are counted. */
export function namedFigures(record: Readonly<Record<string, unknown>>, prefix = ""): NamedFigure[] {
  return Object.entries(record).flatMap(([key, value]) => {
    const name = prefix === "" ? label(key) : `${prefix}, ${label(key).toLowerCase()}`;
    if (Array.isArray(value)) return [{ label: name, text: `${value.length}` }];
    if (typeof value === "object" && value !== null) return namedFigures(value as Record<string, unknown>, name);
    const shown = text(key, value);
    return shown === null ? [] : [{ label: name, text: shown }];
  });
}
