import assert from "node:assert/strict";
import { test } from "node:test";
import { unitOf } from "../src/model/readings";
import { bandRows, chosenMetrics, extent, isKnown, spans, stepOf } from "../src/model/series";
import type { HistoryPoint } from "../src/types";

const at = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, "0")}:00Z`;
const point = (minute: number, avg: number) => ({ at: at(minute), avg, min: avg - 1, max: avg + 1 });
const series = (points: HistoryPoint[], tail: { at: number; value: number }[] = []) => ({ points, tail });

test("missing points break the line", () => {
  const rows = bandRows([series([point(0, 5), point(1, 6), point(9, 7)])], 60);
  assert.deepEqual(rows.map(([, band]) => isKnown(band)), [true, true, false, true]);
  assert.deepEqual(rows[2]?.[1], [Number.NaN, Number.NaN, Number.NaN]);
  assert.ok(rows.every(([time], index) => index === 0 || time > (rows[index - 1]?.[0] ?? time)));
});

test("one late point is not a gap", () => {
  assert.equal(bandRows([series([point(0, 5), point(2, 6)])], 60).length, 2);
});

test("live values follow the history, older ones are dropped", () => {
  const tail = [{ at: Date.parse(at(0)), value: 99 }, { at: Date.parse(at(2)), value: 8 }];
  assert.deepEqual(bandRows([series([point(0, 5), point(1, 6)], tail)], 60).map(([, band]) => band?.[1]), [5, 6, 8]);
});

test("two metrics share a time, and the gap of one is not the other's", () => {
  const rows = bandRows([series([point(0, 5), point(9, 7)]), series([point(0, 1), point(2, 2), point(4, 3), point(6, 4), point(8, 5)])], 60);
  assert.deepEqual(rows[0]?.slice(1), [[4, 5, 6], [0, 1, 2]]);
  const gaps = rows.map(([, first, second]) => [Number.isNaN(first?.[1]), Number.isNaN(second?.[1])]);
  assert.equal(gaps.filter(([first]) => first).length, 1);
  assert.equal(gaps.filter(([, second]) => second).length, 0);
  // Where a metric merely has no point its line goes on.
  assert.deepEqual(rows.find(([time]) => time.getTime() === Date.parse(at(2)))?.[1], [null, null, null]);
});

test("the extent spans the band and skips gaps", () => {
  const rows = bandRows([series([point(0, 5), point(9, 7)]), series([])], 60);
  assert.deepEqual(extent(rows), { min: 4, max: 8, latest: 7 });
  assert.equal(extent(rows, 1), null);
  assert.equal(extent([]), null);
});

test("a step is never finer than the card is read", () => {
  const [hour] = spans;
  if (!hour) throw new Error("no span");
  assert.equal(stepOf(hour, undefined), 60);
  assert.equal(stepOf(hour, 10), 60);
  assert.equal(stepOf(hour, 300), 300);
});

test("a chart is of one unit", () => {
  const choose = (known: string[], metric: string) => chosenMetrics(known, metric, unitOf);
  assert.deepEqual(choose(["ups.load"], "battery.charge"), ["ups.load", "battery.charge"]);
  assert.deepEqual(choose(["ups.load", "battery.charge"], "ups.load"), ["battery.charge"]);
  assert.deepEqual(choose(["ups.load"], "ups.load"), ["ups.load"]);
  assert.deepEqual(choose(["ups.load", "battery.charge"], "input.L1-N.voltage"), ["input.L1-N.voltage"]);
  const seven = ["1", "2", "3", "4", "5", "6"].map((n) => `output.L${n}.power.percent`);
  assert.equal(choose(seven, "ups.load").length, 6);
});
