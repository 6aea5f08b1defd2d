/** A history made ready for drawing: rows of (time, [min, avg, max], …), one band for each metric. */
import type { HistoryPoint } from "../types";

export interface Span { label: string; spoken: string; seconds: number; step: number }
export const spans: readonly Span[] = [
  { label: "1 h", spoken: "last hour", seconds: 3_600, step: 60 },
  { label: "24 h", spoken: "last 24 hours", seconds: 86_400, step: 300 },
  { label: "7 d", spoken: "last 7 days", seconds: 604_800, step: 3_600 },
  { label: "30 d", spoken: "last 30 days", seconds: 2_592_000, step: 14_400 },
  { label: "1 y", spoken: "last year", seconds: 31_536_000, step: 86_400 },
];

/** The step of a span for a card that is read whole every so many seconds: a finer one would show each reading as an island. */
export function stepOf(span: Span, fullSeconds: number | undefined): number {
  return Math.max(span.step, Math.ceil(fullSeconds ?? 0));
}

export type Band = [min: number | null, avg: number | null, max: number | null];
export type Row = [time: Date, ...bands: Band[]];

/** Nothing is known from here on: the line breaks. */
const gap: Band = [Number.NaN, Number.NaN, Number.NaN];
/** This metric has no point at this time; its line goes on. */
const none: Band = [null, null, null];

/** A live value after the end of what history has. */
export interface TailPoint { at: number; value: number }
export interface Series { points: readonly HistoryPoint[]; tail: readonly TailPoint[] }

/** Beyond so many steps without a point, the line is broken. */
const gapInSteps = 2.5;

/**
 * One metric's bands by time: history first, then live values newer than it. `step` in seconds; a distance of more than 2.5 steps is a gap
 * and is marked, which the chart shows as a break, never as a line or a zero.
 */
function bands({ points, tail }: Series, step: number): [number, Band][] {
  const found: [number, Band][] = [];
  let last = Number.NEGATIVE_INFINITY;
  const add = (at: number, band: Band) => {
    if (!(at > last)) return;
    if (found.length > 0 && at - last > step * gapInSteps * 1000) found.push([last + 1, gap]);
    found.push([at, band]);
    last = at;
  };
  for (const point of points) add(Date.parse(point.at), [point.min, point.avg, point.max]);
  for (const { at, value } of tail) add(at, [value, value, value]);
  return found;
}

/** Rows in time order with a band for each of the series. */
export function bandRows(series: readonly Series[], step: number): Row[] {
  const rows = new Map<number, Band[]>();
  series.forEach((each, index) => {
    for (const [at, band] of bands(each, step)) {
      const row = rows.get(at) ?? series.map(() => none);
      row[index] = band;
      rows.set(at, row);
    }
  });
  return [...rows].sort(([a], [b]) => a - b).map(([at, row]) => [new Date(at), ...row]);
}

/** A band that holds values. */
export function isKnown(band: Band | undefined): band is [number, number, number] {
  return band !== undefined && band.every((value) => value !== null && Number.isFinite(value));
}

export interface Extent { min: number; max: number; latest: number }

/** Lowest, highest and last value of one series: the chart's content in words. */
export function extent(rows: readonly Row[], index = 0): Extent | null {
  let seen: Extent | null = null;
  for (const row of rows) {
    const band = row[index + 1] as Band | undefined;
    if (!isKnown(band)) continue;
    const [min, latest, max] = band;
    seen = seen ? { min: Math.min(seen.min, min), max: Math.max(seen.max, max), latest } : { min, max, latest };
  }
  return seen;
}

/** At most so many lines can be told apart. */
export const mostSeries = 6;

/** The metrics after one was ticked or unticked: all of one unit, one at least, six at most. */
export function chosenMetrics(known: readonly string[], metric: string, unitOf: (metric: string) => string): string[] {
  if (known.includes(metric)) return known.length > 1 ? known.filter((each) => each !== metric) : [...known];
  const same = known.filter((each) => unitOf(each) === unitOf(metric));
  return [...same.slice(-(mostSeries - 1)), metric];
}
