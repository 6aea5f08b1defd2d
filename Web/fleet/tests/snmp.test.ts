import assert from "node:assert/strict";
import { test } from "node:test";
import { noSNMP, snmpAccess, snmpFault, snmpText, type KnownSNMP } from "../src/model/snmp";

const stored: KnownSNMP = { version: "3", user: "nms", authProtocol: "SHA-256", privProtocol: "AES", context: "ups" };
const password = "12345678";

test("where nothing of it was changed, nothing is said of SNMP", () => {
  for (const known of [stored, { ...stored, privProtocol: null }, { ...stored, authProtocol: null, privProtocol: null }, { version: "1" }, { version: "2c" }] as const) {
    assert.equal(snmpAccess(snmpText(known), known), undefined);
    assert.equal(snmpFault(snmpText(known), known), null);
  }
  assert.equal(snmpAccess({ ...noSNMP, version: "" }), undefined);
});

test("of a stored user only what was changed is sent", () => {
  const text = snmpText(stored);
  const change = (fields: Partial<typeof text>) => [snmpFault({ ...text, ...fields }, stored), snmpAccess({ ...text, ...fields }, stored)];
  assert.deepEqual(change({ authPassword: password }), [null, { version: "3", user: "nms", authProtocol: "SHA-256", authPassword: password }]);
  assert.deepEqual(change({ privPassword: password }), [null, { version: "3", user: "nms", privProtocol: "AES", privPassword: password }]);
  assert.deepEqual(change({ privProtocol: "none" }), [null, { version: "3", user: "nms", privProtocol: "none" }]);
  assert.deepEqual(change({ authProtocol: "none", privProtocol: "none" }), [null, { version: "3", user: "nms", authProtocol: "none" }]);
});

test("another authentication needs both passwords, another privacy goes with the stored key", () => {
  const text = snmpText(stored);
  assert.ok(snmpFault({ ...text, authProtocol: "SHA-512" }, stored)?.includes("authentication password"));
  assert.ok(snmpFault({ ...text, authProtocol: "SHA-512", authPassword: password }, stored)?.includes("privacy password"));
  assert.equal(snmpFault({ ...text, privProtocol: "AES-256" }, stored), null);
  assert.deepEqual(snmpAccess({ ...text, privProtocol: "AES-256" }, stored), { version: "3", user: "nms", privProtocol: "AES-256" });
  assert.ok(snmpFault({ ...text, privProtocol: "AES" }, { ...stored, privProtocol: null })?.includes("privacy password"));
  assert.ok(snmpFault({ ...text, authProtocol: "none" }, stored)?.includes("no privacy without authentication"));
  assert.ok(snmpFault({ ...text, authPassword: "short" }, stored)?.includes("8 characters"));
});

test("a new user is given whole, in the context that there was", () => {
  const text = { ...snmpText(stored), user: "other" };
  assert.ok(snmpFault(text, stored)?.includes("authentication password"));
  assert.deepEqual(snmpAccess({ ...text, authPassword: password, privPassword: password }, stored), {
    version: "3", user: "other", authProtocol: "SHA-256", authPassword: password, privProtocol: "AES", privPassword: password, context: "ups",
  });
  assert.equal(snmpFault({ ...noSNMP, version: "3" }), "Version 3 needs the name of a user.");
});

test("what is not known to be stored is said, so that nothing of it stays behind", () => {
  const text = { ...noSNMP, version: "3" as const, user: "nms", authPassword: password, privProtocol: "none" };
  assert.deepEqual(snmpAccess(text), { version: "3", user: "nms", authProtocol: "SHA-256", authPassword: password, privProtocol: "none" });
  assert.deepEqual(snmpAccess({ ...text, authProtocol: "none" }), { version: "3", user: "nms", authProtocol: "none" });
});

test("a version with communities needs one, unless one is stored", () => {
  assert.equal(snmpFault(noSNMP), "Give the read community for v2c.");
  assert.ok(snmpFault({ ...snmpText(stored), version: "1" }, stored) !== null);
  assert.equal(snmpFault({ ...snmpText({ version: "1" }), version: "2c" }, { version: "1" }), null);
  assert.deepEqual(snmpAccess({ ...snmpText({ version: "1" }), version: "2c" }, { version: "1" }), { version: "2c", readCommunity: undefined, writeCommunity: undefined });
  assert.deepEqual(snmpAccess({ ...noSNMP, readCommunity: "x" }), { version: "2c", readCommunity: "x", writeCommunity: undefined });
});
