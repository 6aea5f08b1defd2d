import assert from "node:assert/strict";
import { test } from "node:test";
import { faultsOf } from "../src/model/ruleFaults";
import { importRuleWords, ruleConditionWords, ruleFault, ruleForm, ruleScopeWords, ruleText } from "../src/model/rules";
import type { AlarmRule, RuleCondition } from "../src/types/rules";

function rule(condition: RuleCondition, fields: Partial<AlarmRule> = {}): AlarmRule {
  return { id: 1, name: "r", enabled: true, severity: "warning", title: null, scope: {}, ...fields, ...condition };
}

/** As JSON sends it: without what is undefined. */
const sent = (value: unknown) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>;

test("each condition goes through the form and comes back", () => {
  const conditions: RuleCondition[] = [
    { threshold: { variable: "ups.load", above: 80, clear: 75, for: "10m" } }, { threshold: { variable: "battery.runtime", below: 900 } },
    { noData: { for: "5m" } }, { noData: { variable: "ups.load", for: "5m" } }, { status: { is: ["onBypass"], for: "10m" } },
    { firmware: { minimum: "8.30" } }, { firmware: { allowed: ["8.41", "8.42"], minimum: { NV7: "7.10", NV8: "8.30" } } },
    { batteryTest: { failed: true, olderThan: "90d" } }, { batteryTest: { olderThan: "90d" } }, { clockSkew: { seconds: 60 } }, { expiry: { of: "certificate", within: "14d" } },
  ];
  for (const condition of conditions) {
    const form = ruleForm(rule(condition));
    assert.equal(ruleFault(form), null);
    assert.deepEqual(sent(ruleText(form)), { name: "r", enabled: true, severity: "warning", title: null, scope: {}, ...condition });
  }
});

test("what the form has no field for stays", () => {
  const scope = { sites: ["Lyon, Part-Dieu"], tags: ["a", "b"], models: ["MASTERYS"], cards: [] };
  assert.deepEqual(ruleText(ruleForm(rule({ noData: { for: "5m" } }, { scope }))).scope, { sites: ["Lyon, Part-Dieu"], tags: ["a", "b"], models: ["MASTERYS"] });
});

test("a form says what is wrong with it", () => {
  const form = { ...ruleForm(null), name: "high-load", limit: "80" };
  assert.equal(ruleFault(form), null);
  assert.ok(ruleFault({ ...form, name: "high load" })?.includes("letters"));
  assert.ok(ruleFault({ ...form, limit: "x" })?.includes("limit"));
  assert.ok(ruleFault({ ...form, duration: "ten" })?.includes("10m"));
  assert.ok(ruleFault({ ...form, kind: "noData", duration: "" })?.includes("10m"));
  assert.ok(ruleFault({ ...form, kind: "status" })?.includes("status"));
});

test("a rule in words", () => {
  assert.equal(ruleConditionWords({ threshold: { variable: "ups.load", above: 80, clear: 75, for: "10m" } }), "ups.load above 80 for 10m, until 75");
  assert.equal(ruleConditionWords({ threshold: { variable: "battery.runtime", below: 0, for: "0s" } }), "battery.runtime below 0");
  assert.equal(ruleConditionWords({ firmware: { minimum: { NV8: "8.30" } } }), "firmware below NV8 8.30");
  assert.equal(ruleConditionWords({}), "not known to this page");
  assert.equal(ruleScopeWords({ sites: ["Lyon"], generations: ["NV8"], tags: [] }), "at Lyon, of NV8");
  assert.equal(ruleScopeWords({}), "every card");
});

test("faults are told at their lines", () => {
  const detail = "line 5, column 16: rules[1].threshold: must have either above or below";
  assert.deepEqual(faultsOf([{ field: "rules[1].threshold", detail }], ""), [{ line: 5, column: 16, detail: "rules[1].threshold: must have either above or below" }]);
  assert.deepEqual(faultsOf([], `The rules can't be taken: ${detail}.`), [{ line: 5, column: 16, detail: "rules[1].threshold: must have either above or below." }]);
  assert.deepEqual(faultsOf([{ field: "", detail: "is larger than 1 MiB" }], ""), [{ line: null, column: null, detail: "is larger than 1 MiB" }]);
  assert.deepEqual(faultsOf([], "The server's disk is full."), []);
});

test("an import says what it would do, and that it has not done it", () => {
  const result = { added: 2, changed: 0, removed: 1, unchanged: 3 };
  assert.equal(importRuleWords(result, true), "2 to be added, 1 to be removed, 3 unchanged. Nothing has been changed yet.");
  assert.equal(importRuleWords(result, false), "2 added, 1 removed, 3 unchanged.");
});
