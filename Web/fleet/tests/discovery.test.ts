import assert from "node:assert/strict";
import { test } from "node:test";
import { methodList, ruleWords, searchFault, sweepWords } from "../src/model/discovery";
import { namedFigures } from "../src/model/facts";
import { until } from "../src/model/format";
import { answering, latencyWords, pollingSource } from "../src/model/health";
import { importType, importWords } from "../src/model/imports";
import { addressCount } from "../src/model/network";
import type { DiscoveryRule } from "../src/types/discovery";
import type { CardHealth } from "../src/types/system";

const plain = (text: string | null) => text?.replace(/\u00a0/g, " ") ?? null;

test("a sweep says what it costs", () => {
  assert.equal(addressCount(["10.1.0.0/16", "10.2.0.1", "10.2.0.1-10.2.0.4", "x"]), 65_538);
  assert.equal(plain(sweepWords(["10.1.0.0/16"], 5_000)), "65,534 addresses: at least 14 s for each method that asks them all, at 5,000 packets a second");
  assert.equal(sweepWords([], 5_000), null);
});

test("a sweep needs a range, a broadcast does not", () => {
  assert.equal(searchFault(["lan", "ssdp"], []), null);
  assert.ok(searchFault(["lan", "snmp"], [])?.includes("needs at least one range"));
  assert.ok(searchFault([], ["10.0.0.1"])?.includes("at least one method"));
  assert.ok(searchFault(["snmp"], ["10.0.0.1", "x"])?.includes("“x”"));
});

test("a search has at most a million addresses, however they are written", () => {
  assert.equal(searchFault(["snmp"], ["10.1.0.10-10.1.0.20", "10.0.0.0/12"]), null);
  assert.ok(searchFault(["snmp"], ["10.0.0.0/8"])?.includes("search in parts"));
  assert.ok(searchFault(["snmp"], ["10.0.0.0-10.20.0.0"])?.includes("search in parts"));
});

test("a rule in words", () => {
  const rule: DiscoveryRule = { id: 1, name: "", position: 0, ranges: [], generations: [], model: null, methods: [], action: "accept", site: null, tags: [] };
  assert.equal(ruleWords(rule), "whatever is found");
  assert.equal(ruleWords({ ...rule, ranges: ["10.1.0.0/16"], generations: ["NV7", "NV8"], methods: ["trap"] }), "in 10.1.0.0/16, of NV7 or NV8, found by Trap");
  assert.equal(methodList(["lan", "import"]), "LAN protocol, Import");
});

test("the kind of a file is told by its name, else by its text", () => {
  assert.equal(importType("x.YML", "address\n"), "application/yaml");
  assert.equal(importType("cards.csv", "- address: 10.0.0.1"), "application/yaml");
  assert.equal(importType("cards.csv", "address,name\n10.0.0.1,A"), "text/csv");
});

test("an import says what it would do, and that it has not done it", () => {
  const result = { items: [], added: 2, updated: 0, unchanged: 0, refused: 1 };
  assert.equal(importWords(result, true), "3 lines: 2 to be added, 1 refused. Nothing has been changed yet.");
  assert.equal(importWords(result, false), "3 lines: 2 added, 1 refused.");
});

const health: CardHealth = {
  latencyMs: { last: 3.21, average: 14, worst: 1200 }, lossPercent: 0, consecutiveFailures: 0, lastAnswerAt: "2026-03-01T12:00:00Z", lastError: null,
  lastErrorAt: null, nextPollAt: null, backOffSeconds: 0, isPolledByThisServer: true, polling: null, protocol: "snmp", profile: null,
};

test("one lost poll is not a silent card", () => {
  assert.deepEqual(answering(health), { word: "Answers", tone: "good" });
  assert.equal(answering({ ...health, consecutiveFailures: 1 }).tone, "caution");
  assert.equal(answering({ ...health, consecutiveFailures: 12 }).word, "Silent for 12 polls");
  assert.equal(answering({ ...health, lastAnswerAt: null }).tone, "muted");
  assert.equal(answering({ ...health, lastAnswerAt: null, consecutiveFailures: 2 }).word, "Has never answered");
});

test("health in words", () => {
  assert.equal(plain(latencyWords(health.latencyMs)), "3.2 ms, average 14 ms, worst 1,200 ms");
  assert.equal(latencyWords(null), null);
  assert.equal(pollingSource("group North"), "as the group North says");
  const now = Date.parse("2026-03-01T12:00:00Z");
  assert.equal(plain(until("2026-03-01T12:00:08Z", now)), "in 8 s");
  assert.equal(until("2026-03-01T11:00:00Z", now), "now");
});

test("figures that are not known by name are spelt out with their units", () => {
  const figures = namedFigures({ cards: 12, p99LatenessMs: 3.25, lateness: { worstSeconds: 90 }, isLeader: true, nothing: null, shards: [1, 2] });
  assert.deepEqual(figures.map(({ label, text }) => [label, plain(text)]), [
    ["Cards", "12"], ["P99 lateness", "3.3 ms"], ["Lateness, worst", "1 min"], ["Is leader", "yes"], ["Shards", "2"],
  ]);
});
