import assert from "node:assert/strict";
import { test } from "node:test";
import { groupReadings, metricLabel, unitOf } from "../src/model/readings";

test("three phases make a table, single values a list", () => {
  const [input, bypass] = groupReadings({
    "input.L1-N.voltage": 231, "input.L3-N.voltage": 229, "input.L1-L2.voltage": 400, "input.frequency": 50, "input.bypass.voltage": 230,
  });
  assert.equal(input?.title, "Input");
  assert.deepEqual(input?.lines, ["L1", "L3"]);
  assert.deepEqual(input?.rows.map((row) => [row.label, Object.keys(row.cells)]), [["Voltage L-L", ["L1"]], ["Voltage", ["L1", "L3"]]]);
  assert.deepEqual(input?.figures.map((figure) => figure.metric), ["input.frequency"]);
  assert.equal(bypass?.title, "Bypass");
});

test("nothing is shown for what has no value", () => {
  assert.deepEqual(groupReadings({}), []);
  assert.deepEqual(groupReadings({ "ups.load": Number.NaN }), []);
});

test("a name that is not known is spelt out, not lost", () => {
  assert.deepEqual(groupReadings({ "input.sensitivity_level": 2 })[0]?.figures[0]?.label, "Sensitivity level");
  assert.equal(groupReadings({ "weather.wind": 3 })[0]?.title, "Other");
});

test("the unit follows from the name", () => {
  assert.equal(unitOf("ups.power.nominal"), "VA");
  assert.equal(unitOf("output.L1.power.percent"), "%");
  assert.equal(unitOf("battery.runtime.elapsed"), "s");
  assert.equal(unitOf("output.powerfactor"), "");
});

test("metrics are named for a list", () => {
  assert.equal(metricLabel("ups.load"), "Load");
  assert.equal(metricLabel("battery.charge"), "Battery charge");
  assert.equal(metricLabel("input.L1-N.voltage"), "Input voltage L1-N");
});
