/** A history made ready for drawing: rows of (time, [min, avg, max]), with empty rows where data is missing. */
import type { HistoryPoint } from "../types";

export interface Span { label: string; spoken: string; seconds: number; step: number }
export const spans: readonly Span[] = [
  { label: "1 h", spoken: "last hour", seconds: 3_600, step: 60 },
  { label: "6 h", spoken: "last 6 hours", seconds: 21_600, step: 120 },
  { label: "24 h", spoken: "last 24 hours", seconds: 86_400, step: 300 },
  { label: "7 d", spoken: "last 7 days", seconds: 604_800, step: 3_600 },
];

export type Band = [min: number | null, avg: number | null, max: number | null];
export type Row = [time: Date, band: Band];

/** A live value after the end of what history has. */
export interface TailPoint { at: number; value: number }

/** Beyond so many steps without a point, the line is broken. */
const gapInSteps = 2.5;

/**
 * Rows in time order: history first, then live values newer than it. `step` in seconds; a distance of more than 2.5 steps is a gap and
 * gets an empty row, which the chart shows as a break, never as a line or a zero.
 */
export function bandRows(points: readonly HistoryPoint[], tail: readonly TailPoint[], step: number): Row[] {
  const rows: Row[] = [];
  let last = Number.NEGATIVE_INFINITY;
  const add = (at: number, band: Band) => {
    if (!(at > last)) return;
    if (rows.length > 0 && at - last > step * gapInSteps * 1000) rows.push([new Date(last + 1), [null, null, null]]);
    rows.push([new Date(at), band]);
    last = at;
  };
  for (const point of points) add(Date.parse(point.at), [point.min, point.avg, point.max]);
  for (const { at, value } of tail) add(at, [value, value, value]);
  return rows;
}

export interface Extent { min: number; max: number; latest: number }

/** Lowest, highest and last value: the chart's content in words. */
export function extent(rows: readonly Row[]): Extent | null {
  const bands = rows.map(([, band]) => band).filter((band): band is [number, number, number] => !band.includes(null));
  const latest = bands[bands.length - 1]?.[1];
  if (latest === undefined) return null;
  return bands.reduce<Extent>(
    (seen, [min, , max]) => ({ min: Math.min(seen.min, min), max: Math.max(seen.max, max), latest }), { min: latest, max: latest, latest },
  );
}
