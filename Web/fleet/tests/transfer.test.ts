import assert from "node:assert/strict";
import { test } from "node:test";
import { filterCards, noFilter } from "../src/model/filter";
import { groupReadings, metricLabel, unitOf } from "../src/model/readings";
import { transferFacts } from "../src/model/transfer";
import type { Transfer } from "../src/types";
import { card } from "./cards";

const transfer: Transfer = {
  source1: "ok", source2: "outOfTolerance", preferredSource: 1, interaction: "sliding", load: "preferredSource", output: "switch1",
};
const shown = (fields: Partial<Transfer>) => transferFacts("normal", { ...transfer, ...fields }).map((fact) => `${fact.label}: ${fact.text}`);

test("load, sources and their interaction are told", () => {
  assert.deepEqual(shown({}), ["Load fed by: Preferred source (1)", "Source 1, preferred: OK", "Source 2: Out of tolerance", "Sources: Sliding"]);
  assert.deepEqual(shown({ preferredSource: 2, load: "alternateSource" })[0], "Load fed by: Alternate source (1)");
  assert.deepEqual(shown({ load: "maintenanceBypass2" })[0], "Load fed by: Maintenance bypass 2");
  assert.deepEqual(shown({ load: "off", output: "off" })[0], "Load fed by: None (output off)");
});

test("what is not known is not there", () => {
  assert.deepEqual(shown({ load: "unknown", interaction: "unknown", preferredSource: null }), ["Source 1: OK", "Source 2: Out of tolerance"]);
  assert.deepEqual(transferFacts("unreachable", transfer), []);
  assert.deepEqual(transferFacts("unknown", transfer), []);
  assert.deepEqual(transferFacts("unknown", null), []);
});

test("an alternate source and a lost source stand out", () => {
  const tones = transferFacts("warning", { ...transfer, load: "alternateSource", source1: "absent" }).map((fact) => fact.tone);
  assert.deepEqual(tones, ["caution", "bad", "caution", "info"]);
});

test("values of a transfer system stand by their source", () => {
  const groups = groupReadings({
    "input.1.L1-N.voltage": 230, "input.2.frequency": 50.1, "input.1.switch.temperature": 31, "input.phase.shift": -12,
    "output.L1.current": 80, "output.N.current": 4, "ups.load": 43,
  });
  assert.deepEqual(groups.map((group) => group.title), ["Sources", "Source 1", "Source 2", "Output"]);
  assert.equal(groups[0]?.figures[0]?.label, "Phase shift");
  assert.deepEqual(groups[3]?.lines, ["L1", "N"]);
  assert.equal(unitOf("input.phase.shift"), "°");
  assert.equal(metricLabel("input.2.L3-N.voltage"), "Source 2 voltage L3-N");
  assert.equal(metricLabel("input.phase.shift"), "Phase shift");
});

test("a transfer system is found by its kind", () => {
  const cards = [card(1), card(2, { kind: "sts" })];
  assert.deepEqual(filterCards(cards, { ...noFilter, kinds: ["sts"] }).cards.map((each) => each.id), [2]);
});
