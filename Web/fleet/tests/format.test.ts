import assert from "node:assert/strict";
import { test } from "node:test";
import { ago, bytes, count, duration, quantity } from "../src/model/format";

const plain = (text: string) => text.replace(/\u00a0/g, " ");
const now = Date.parse("2026-03-01T12:00:00Z");

test("a duration names its two largest units", () => {
  const rows: [number, string][] = [
    [0, "0 s"], [59.4, "59 s"], [60, "1 min"], [3_599, "59 min"], [3_900, "1 h 05 min"], [86_400, "1 d 00 h"], [-5, "0 s"],
  ];
  for (const [seconds, expected] of rows) assert.equal(plain(duration(seconds)), expected);
});

test("power is in kVA and kW from 1000 on", () => {
  assert.equal(plain(quantity(999, "VA")), "999 VA");
  assert.equal(plain(quantity(1000, "VA")), "1.0 kVA");
  assert.equal(plain(quantity(160_000, "W")), "160 kW");
  assert.equal(plain(quantity(230.04, "V")), "230.0 V");
  assert.equal(plain(quantity(0.934, "")), "0.93");
});

test("a time that never was is never", () => {
  assert.equal(ago(null, now), "never");
  assert.equal(ago("2026-03-01T11:59:59Z", now), "just now");
  assert.equal(ago("2026-03-01T11:59:30Z", now), "30 s ago");
  assert.equal(ago("2026-02-27T12:00:00Z", now), "2 d ago");
  assert.equal(ago("nonsense", now), "unknown");
});

test("sizes and counts", () => {
  assert.equal(plain(bytes(8_400_000)), "8.4 MB");
  assert.equal(count(1, "card"), "1 card");
  assert.equal(count(1204, "address", "addresses"), "1,204 addresses");
});
