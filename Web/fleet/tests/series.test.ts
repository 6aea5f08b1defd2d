import assert from "node:assert/strict";
import { test } from "node:test";
import { bandRows, extent } from "../src/model/series";

const at = (minute: number) => `2026-03-01T12:${String(minute).padStart(2, "0")}:00Z`;
const point = (minute: number, avg: number) => ({ at: at(minute), avg, min: avg - 1, max: avg + 1 });

test("missing points break the line", () => {
  const rows = bandRows([point(0, 5), point(1, 6), point(9, 7)], [], 60);
  assert.deepEqual(rows.map(([, band]) => band), [[4, 5, 6], [5, 6, 7], [null, null, null], [6, 7, 8]]);
  assert.ok(rows.every(([time], index) => index === 0 || time > (rows[index - 1]?.[0] ?? time)));
});

test("one late point is not a gap", () => {
  assert.equal(bandRows([point(0, 5), point(2, 6)], [], 60).length, 2);
});

test("live values follow the history, older ones are dropped", () => {
  const tail = [{ at: Date.parse(at(0)), value: 99 }, { at: Date.parse(at(2)), value: 8 }];
  assert.deepEqual(bandRows([point(0, 5), point(1, 6)], tail, 60).map(([, band]) => band[1]), [5, 6, 8]);
});

test("the extent spans the band and skips gaps", () => {
  assert.deepEqual(extent(bandRows([point(0, 5), point(9, 7)], [], 60)), { min: 4, max: 8, latest: 7 });
  assert.equal(extent([]), null);
});
