import assert from "node:assert/strict";
import { test } from "node:test";
import { facetsOf } from "../src/model/facets";
import { filterCards, noFilter } from "../src/model/filter";
import { sortCards, type SortKey } from "../src/model/sort";
import { listQuery, listState, parseRoute } from "../src/model/url";
import type { Card } from "../src/types";
import { card } from "./cards";

const cards = [
  card(1, { name: "Rack 10", status: "normal", summary: { "ups.load": 50 }, model: "NETYS RT" }),
  card(2, { name: "Rack 9", status: "critical", summary: {}, tags: ["bank"] }),
  card(3, { name: "rack 9", status: "onBattery", summary: { "ups.load": 0 }, mac: "00:E0:D8:FF:C1:90" }),
];
const ids = (key: SortKey, descending = false) => sortCards(cards, { key, descending }).map((each) => each.id);

test("every word of the filter must occur, in whatever field", () => {
  assert.deepEqual(filterCards(cards, { ...noFilter, text: "rack netys", statuses: [] }).cards.map((each) => each.id), [1]);
  assert.deepEqual(filterCards(cards, { ...noFilter, text: "d8:ff", statuses: [] }).cards.map((each) => each.id), [3]);
  assert.deepEqual(filterCards(cards, { ...noFilter, text: "rack 10.0.0.2" }).cards.map((each) => each.id), [2]);
});

test("text is looked for where the server looks, so that an export holds what the list shows", () => {
  const found = (fields: Partial<Card>) => filterCards([card(1, fields)], { ...noFilter, text: "needle" }).cards.length === 1;
  for (const field of ["name", "address", "mac", "serial", "model", "site", "location", "firmware"]) assert.ok(found({ [field]: "a Needle b" }));
  assert.ok(!found({ tags: ["needle"], generation: "needle", agent: "needle", problem: "needle" }));
});

test("counts are those of the text filter, whatever the chips", () => {
  const { cards: passed, counts, total } = filterCards(cards, { ...noFilter, text: "rack", statuses: ["critical"] });
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
  assert.deepEqual(state, { filter: { ...noFilter, text: "a&b", statuses: ["critical", "off"] }, sort: { key: "load", descending: true } });
  assert.deepEqual(listState(listQuery(state)), state);
  assert.equal(listQuery(listState(new URLSearchParams("sort=constructor"))).toString(), "");
});

test("a route has a path and a query", () => {
  const route = parseRoute("#/cards/12?x=1");
  assert.deepEqual(route.path, ["cards", "12"]);
  assert.equal(route.query.get("x"), "1");
  assert.deepEqual(parseRoute("").path, []);
});

test("facets narrow the list, and no site is a site", () => {
  const placed = [card(1, { site: "Lyon", tags: ["a", "b"] }), card(2, { site: null, kind: "sts" }), card(3, { site: "Lyon", generation: "NV7" })];
  const ids = (filter: Partial<typeof noFilter>) => filterCards(placed, { ...noFilter, ...filter }).cards.map((each) => each.id);
  assert.deepEqual(ids({ sites: ["Lyon"] }), [1, 3]);
  assert.deepEqual(ids({ sites: [""] }), [2]);
  assert.deepEqual(ids({ tags: ["b", "c"] }), [1]);
  assert.deepEqual(ids({ kinds: ["sts"], generations: ["NV7"] }), []);
  assert.deepEqual(facetsOf(placed).sites, [["", 1], ["Lyon", 2]]);
  assert.deepEqual(facetsOf(placed).tags, [["a", 1], ["b", 1]]);
});

test("a group narrows the list, one that is not known does not", () => {
  const groups = [{ id: 4, name: "Grave", position: 0, filter: { status: "critical,onBattery" }, polling: null, cards: 2 }];
  const ids = (group: number) => filterCards(cards, { ...noFilter, group }, groups).cards.map((each) => each.id);
  assert.deepEqual(ids(4), [2, 3]);
  assert.deepEqual(ids(5), [1, 2, 3]);
});

test("sites, tags and a group are in the address", () => {
  const state = listState(new URLSearchParams("site=Lyon%2C+Part-Dieu&site=&tag=a&kind=sts&generation=NV7&group=4"));
  assert.deepEqual(state.filter, { ...noFilter, sites: ["Lyon, Part-Dieu", ""], tags: ["a"], kinds: ["sts"], generations: ["NV7"], group: 4 });
  assert.deepEqual(listState(listQuery(state)), state);
  assert.equal(listState(new URLSearchParams("group=x")).filter.group, null);
});
