import assert from "node:assert/strict";
import { test } from "node:test";
import { noAlarmWords } from "../src/model/alarms";
import { announcement } from "../src/model/announcement";
import { Fleet } from "../src/model/fleet";
import { supply } from "../src/model/status";
import { silentCards, type Newcomer } from "../src/model/swap";
import type { Card } from "../src/types";
import { card } from "./cards";

function filled(...cards: Card[]): Fleet {
  const fleet = new Fleet();
  const intake = fleet.beginList();
  intake.add(cards);
  intake.finish();
  return fleet;
}

test("what an event told while a list was read is not overwritten by it", () => {
  const fleet = filled(card(1), card(2));
  const intake = fleet.beginList();
  fleet.apply([{ card: 1, at: "", item: card(1, { status: "critical" }) }, { card: 3, at: "", item: card(3) }]);
  intake.add([card(1)]);
  intake.finish();
  assert.equal(fleet.card(1)?.status, "critical");
  assert.equal(fleet.card(2), undefined);
  assert.ok(fleet.card(3));
});

test("an event without the whole card changes what it tells", () => {
  const fleet = filled(card(1, { name: "Roof" }));
  const changes = fleet.apply([{ card: 1, at: "", status: "onBattery" }, { card: 9, at: "", status: "off" }]);
  assert.deepEqual(changes.map(({ card: { id }, from, to }) => [id, from, to]), [[1, "normal", "onBattery"]]);
  assert.equal(fleet.card(1)?.name, "Roof");
  assert.equal(fleet.card(9), undefined);
});

test("a retired card leaves, also where a list that is being read still names it", () => {
  const fleet = filled(card(1), card(2));
  const intake = fleet.beginList();
  assert.deepEqual(fleet.apply([{ card: 1, at: "", status: "unknown", retired: true }]), []);
  intake.add([card(1), card(2)]);
  intake.finish();
  assert.deepEqual([...fleet.all()].map((each) => each.id), [2]);
  const later = fleet.beginList();
  fleet.remove(2);
  later.add([card(1), card(2)]);
  later.finish();
  assert.deepEqual([...fleet.all()].map((each) => each.id), [1]);
});

test("only a card that answers can say that no alarm stands", () => {
  const words = (fields: Partial<Card>) => noAlarmWords(card(1, { lastSeen: "2026-01-01T00:00:00Z", ...fields }));
  assert.equal(words({}), "No alarm stands.");
  for (const fields of [{ status: "unreachable" }, { status: "unknown" }, { status: "unknown", lastSeen: null }, { retiredAt: "2026-01-02T00:00:00Z" }] as const) {
    assert.ok(words(fields).startsWith("Not known: "));
  }
  assert.equal(words({ status: "unreachable", lastSeen: null }), "Not known: the card has never answered.");
});

test("what may be replaced is silent and of the same kind, the offered one first, then who fell silent last", () => {
  const silent = (id: number, lastSeen: string | null, fields: Partial<Card> = {}) => card(id, { status: "unreachable", lastSeen, ...fields });
  const cards = [
    card(1), silent(2, "2026-01-01T00:00:00Z"), silent(3, "2026-01-03T00:00:00Z"), silent(4, null), silent(5, "2026-01-02T00:00:00Z", { kind: "sts" }),
    card(6, { status: "unknown" }), silent(7, "2026-01-04T00:00:00Z"),
  ];
  const ids = (newcomer: Newcomer) => silentCards(cards, newcomer).map((each) => each.id);
  assert.deepEqual(ids({ id: 7, kind: "ups" }), [3, 2, 4]);
  assert.deepEqual(ids({ kind: "ups", place: 2 }), [2, 7, 3, 4]);
  assert.deepEqual(ids({ kind: null, place: 6 }), [6, 7, 3, 5, 2, 4]);
});

test("a list tells less of a card than its own page, and takes nothing away", () => {
  const fleet = filled(card(1, { agent: "NV8 Agent" }));
  const intake = fleet.beginList();
  const { agent: _agent, ...listed } = card(1, { name: "Roof" });
  intake.add([listed]);
  assert.equal(fleet.card(1)?.agent, "NV8 Agent");
  assert.equal(fleet.card(1)?.name, "Roof");
});

test("values tell that a card has answered, older ones don't", () => {
  const fleet = filled(card(1, { lastSeen: "2026-01-01T00:00:10Z" }));
  fleet.applyReadings([{ card: 1, at: "2026-01-01T00:00:05Z", values: {} }, { card: 9, at: "2026-01-01T00:00:05Z", values: {} }]);
  assert.equal(fleet.card(1)?.lastSeen, "2026-01-01T00:00:10Z");
  fleet.applyReadings([{ card: 1, at: "2026-01-01T00:00:20Z", values: {} }]);
  assert.equal(fleet.card(1)?.lastSeen, "2026-01-01T00:00:20Z");
  assert.equal(fleet.card(9), undefined);
});

test("many changes are one sentence", () => {
  const change = (id: number, from: Card["status"], to: Card["status"]) => ({ card: card(id), from, to });
  assert.equal(
    announcement([change(1, "normal", "critical"), change(2, "normal", "onBattery"), change(3, "eco", "onBattery"), change(4, "off", "normal")]),
    "Rack 1 is critical, 2 cards are on battery, 1 card is back to normal.",
  );
  assert.equal(announcement([change(1, "eco", "normal")]), "");
});

test("the supply is the card's output source, and the battery behind the inverter", () => {
  assert.equal(supply("normal", "inverter", new Set()), "Inverter");
  assert.equal(supply("critical", "inverter", new Set(["upsAlarmOnBattery"])), "Battery");
  assert.equal(supply("onBypass", "bypass", new Set()), "Bypass");
  assert.equal(supply("unreachable", "inverter", new Set(["upsAlarmOnBattery"])), null);
  assert.equal(supply("unknown", "unknown", new Set()), null);
  assert.equal(supply("warning", null, new Set()), null);
});
