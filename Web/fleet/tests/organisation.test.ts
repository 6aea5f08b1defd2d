import assert from "node:assert/strict";
import { test } from "node:test";
import { noFilter } from "../src/model/filter";
import { filterWords, groupFault, groupFilterOf, groupMatcher } from "../src/model/group";
import { gatewayFault, gatewayOf, gatewayText } from "../src/model/gateway";
import { inRange } from "../src/model/network";
import { pollFault, pollIntervals, pollText } from "../src/model/polling";
import { changedTags, splitTags } from "../src/model/tags";
import { card } from "./cards";

test("a group's filter asks everything it says, and lists mean one of them", () => {
  const matches = groupMatcher({ site: "Lyon", status: "critical,onBattery", range: "10.0.0.0/24", q: "rack" });
  assert.ok(matches(card(1, { site: "Lyon", status: "critical" })));
  assert.ok(!matches(card(1, { site: "Lyon" })));
  assert.ok(!matches(card(1, { site: "Lyon", status: "critical", address: "10.0.1.1" })));
  assert.ok(!matches(card(1, { status: "critical" })));
  assert.ok(groupMatcher({})(card(1)));
  assert.ok(groupMatcher({ generation: ["NV7", "NV8"], tag: null })(card(1)));
});

test("an address is in a range by its bits", () => {
  const rows: [string, string, boolean][] = [
    ["10.1.2.3", "10.1.0.0/16", true], ["10.2.2.3", "10.1.0.0/16", false], ["10.1.0.0", "10.1.0.0/16", false], ["10.1.255.255", "10.1.0.0/16", false], ["10.1.0.0", "10.1.0.0/31", true], ["10.1.2.3", "10.1.2.3", true],
    ["10.1.2.4", "10.1.2.3/32", false], ["192.168.0.9", "192.168.0.1-192.168.0.9", true], ["192.168.0.10", "192.168.0.1-192.168.0.9", false],
    ["10.1.2.3", "nonsense", false], ["10.1.2.3", "10.1.0.0/64", false], ["nonsense", "nonsense", false],
  ];
  assert.deepEqual(rows.map(([address, range]) => inRange(address, range)), rows.map(([, , expected]) => expected));
});

test("what the list shows becomes a group, on top of the group that it shows", () => {
  const groups = [{ id: 2, name: "North", position: 0, filter: { range: "10.0.0.0/8", site: "Lille" }, polling: null, cards: 0 }];
  const filter = { ...noFilter, text: " rack ", statuses: ["critical" as const, "off" as const], group: 2 };
  assert.deepEqual(groupFilterOf(filter, groups), { range: "10.0.0.0/8", site: "Lille", q: "rack", status: ["critical", "off"] });
  assert.deepEqual(groupFilterOf(noFilter, []), {});
  assert.equal(groupFault(filter), null);
  for (const finer of [{ sites: ["a", "b"] }, { sites: [""] }, { tags: ["a", "b"] }, { text: "a b" }]) assert.ok(groupFault({ ...noFilter, ...finer }) !== null);
});

test("a filter in words", () => {
  assert.equal(filterWords({ site: "Lyon", status: "critical,onBattery" }), "site Lyon, status critical or on battery");
  assert.equal(filterWords({ q: "a,b", kind: "sts" }), "text “a,b”, kind STS");
  assert.equal(filterWords({ model: "" }), "every card");
});

test("polling intervals are whole seconds, the status the more often", () => {
  assert.equal(pollFault({ status: "10", full: "60", isOwn: true }), null);
  for (const [status, full] of [["0", "60"], ["10", "5"], ["1.5", "60"], ["", "60"], ["10", "86401"]] as const) {
    assert.ok(pollFault({ status, full, isOwn: true }) !== null);
  }
  assert.equal(pollIntervals(pollText(null)), null);
  assert.deepEqual(pollIntervals(pollText({ statusSeconds: 5, fullSeconds: 30 })), { statusSeconds: 5, fullSeconds: 30 });
});

test("tags are added, removed, replaced, and no change is none", () => {
  assert.deepEqual(splitTags(" a, b;a\n,c "), ["a", "b", "c"]);
  assert.deepEqual(changedTags(["a"], ["b", "a"], "add"), ["a", "b"]);
  assert.equal(changedTags(["a", "b"], ["b"], "add"), null);
  assert.deepEqual(changedTags(["a", "b"], ["b"], "remove"), ["a"]);
  assert.equal(changedTags(["a"], ["b"], "remove"), null);
  assert.deepEqual(changedTags(["a"], [], "replace"), []);
});

test("a gateway has a port, a unit or both", () => {
  const text = { ...gatewayText(null), isOn: true };
  assert.ok(gatewayFault(text) !== null);
  assert.ok(gatewayFault({ ...text, unit: "248" }) !== null);
  assert.equal(gatewayFault({ ...text, port: "15021" }), null);
  assert.deepEqual(gatewayOf({ ...text, port: "15021" }), { port: 15021, unit: null, writes: false });
  assert.equal(gatewayOf(gatewayText(null)), null);
});
