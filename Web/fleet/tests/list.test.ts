import assert from "node:assert/strict";
import { test } from "node:test";
import { filterCards } from "../src/model/filter";
import { sortCards, type SortKey } from "../src/model/sort";
import { listQuery, listState, parseRoute } from "../src/model/url";
import { card } from "./cards";

const cards = [
  card(1, { name: "Rack 10", status: "normal", summary: { "ups.load": 50 }, model: "NETYS RT" }),
  card(2, { name: "Rack 9", status: "critical", summary: {}, tags: ["bank"] }),
  card(3, { name: "rack 9", status: "onBattery", summary: { "ups.load": 0 }, mac: "00:E0:D8:FF:C1:90" }),
];
const ids = (key: SortKey, descending = false) => sortCards(cards, { key, descending }).map((each) => each.id);

test("every word of the filter must occur, in whatever field", () => {
  assert.deepEqual(filterCards(cards, { text: "rack netys", statuses: [] }).cards.map((each) => each.id), [1]);
  assert.deepEqual(filterCards(cards, { text: "d8:ff", statuses: [] }).cards.map((each) => each.id), [3]);
  assert.deepEqual(filterCards(cards, { text: "bank 10", statuses: [] }).cards.map((each) => each.id), [2]);
});

test("counts are those of the text filter, whatever the chips", () => {
  const { cards: passed, counts, total } = filterCards(cards, { text: "rack", statuses: ["critical"] });
  assert.deepEqual(passed.map((each) => each.id), [2]);
  assert.deepEqual(counts, { normal: 1, critical: 1, onBattery: 1 });
  assert.equal(total, 3);
});

test("names sort by their numbers, equal ones by id", () => {
  assert.deepEqual(ids("name"), [2, 3, 1]);
});

test("status sorts by urgency", () => {
  assert.deepEqual(ids("status"), [2, 3, 1]);
});

test("an absent value comes last in both directions, and zero is a value", () => {
  assert.deepEqual(ids("load"), [3, 1, 2]);
  assert.deepEqual(ids("load", true), [1, 3, 2]);
});

test("the address bar keeps filter and sort, and leaves defaults out", () => {
  const state = listState(new URLSearchParams("q=a%26b&status=critical,nonsense,off&sort=load&order=desc"));
  assert.deepEqual(state, { filter: { text: "a&b", statuses: ["critical", "off"] }, sort: { key: "load", descending: true } });
  assert.deepEqual(listState(listQuery(state)), state);
  assert.equal(listQuery(listState(new URLSearchParams("sort=constructor"))).toString(), "");
});

test("a route has a path and a query", () => {
  const route = parseRoute("#/cards/12?x=1");
  assert.deepEqual(route.path, ["cards", "12"]);
  assert.equal(route.query.get("x"), "1");
  assert.deepEqual(parseRoute("").path, []);
});
