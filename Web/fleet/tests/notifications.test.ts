import assert from "node:assert/strict";
import { test } from "node:test";
import { channelDocument, channelFault, channelFields as fieldsOf, channelTarget, channelText } from "../src/model/channels";
import { deliveryLook, reasonWords } from "../src/model/deliveries";
import { localTime, sentTime } from "../src/model/format";
import { daysWords, hoursFault, hoursWords } from "../src/model/hours";
import { alarmCountWords, causeWord, incidentWords } from "../src/model/incidents";
import { incidentPath, incidentQuery, incidentState } from "../src/model/incidentFilter";
import { kindWords } from "../src/model/receivers";
import { mannerWords, matchWords, newRoute, routeFault, scopeWords, windowPhase } from "../src/model/routes";
import { splitSites } from "../src/model/tags";
import type { Channel } from "../src/types/notifications";

const channelFields = (...all: Parameters<typeof fieldsOf>) => fieldsOf(...all).map(({ name }) => name);
const plain = (text: string) => text.replace(/\u00a0/g, " ");
const mail: Channel = { id: 1, name: "Ops", kind: "mail", isEnabled: true, settings: { host: "smtp", port: 587, security: "tls", from: "a@b", to: ["c@d", "e@f"] }, secrets: ["password"] };

test("a channel's form gives back what it was made of, and no secret that was not typed", () => {
  const text = channelText("mail", mail);
  assert.equal(text["password"], "");
  assert.deepEqual(channelDocument("mail", text, mail), { settings: mail.settings, secrets: {} });
  assert.deepEqual(channelDocument("mail", { ...text, password: "x", port: "" }, mail).secrets, { password: "x" });
  assert.equal("port" in channelDocument("mail", { ...text, port: "" }, mail).settings, false);
});

test("a secret that is stored need not be given again", () => {
  const text = channelText("webhook", null);
  assert.equal(channelFault("webhook", text, []), "URL is needed.");
  assert.equal(channelFault("webhook", text, ["url"]), null);
  assert.equal(channelFault("webhook", { ...text, headers: "no colon" }, ["url"]), "Headers (optional): each line is “Name: value”.");
  assert.equal(channelFault("syslog", { host: "x", port: "y" }, []), "Port is a whole number.");
});

test("an address that stands among the settings stays there", () => {
  const hook = { settings: { url: "http://10.0.0.1/", template: "json", headers: { "X-A": "b: c" } } };
  const text = channelText("webhook", hook);
  assert.equal(text["url"], "http://10.0.0.1/");
  assert.deepEqual(channelDocument("webhook", text, hook), { settings: hook.settings, secrets: {} });
  assert.deepEqual(channelDocument("webhook", { ...channelText("webhook", null), url: "http://x/" }, null).secrets, { url: "http://x/" });
});

test("what belongs to another choice is neither shown nor sent", () => {
  const text = { ...channelText("webhook", null), url: "http://x/", template: "json", body: "{}" };
  assert.deepEqual(channelFields("webhook", text).includes("body"), false);
  assert.equal("body" in channelDocument("webhook", text, null).settings, false);
  assert.equal(channelDocument("webhook", { ...text, template: "custom" }, null).settings["body"], "{}");
  assert.equal(channelFault("webhook", { ...text, template: "custom", body: "" }, []), "Own text is needed.");
  assert.deepEqual(channelDocument("snmpTrap", { ...channelText("snmpTrap", null), host: "h", version: "3", community: "c", user: "u" }, null).secrets, { user: "u" });
});

test("a channel's target in a line", () => {
  assert.equal(channelTarget(mail), "c@d, e@f by smtp:587");
  assert.equal(channelTarget({ kind: "command", settings: { command: "page", arguments: ["-v", "x"] } }), "page -v x");
});

test("why nothing was sent", () => {
  assert.equal(reasonWords("maintenance: Generator test"), "Maintenance window Generator test");
  assert.equal(reasonWords("noRoute"), "No route matches");
  assert.equal(reasonWords("somethingElse"), "Something else");
  assert.equal(deliveryLook("suppressed").word, "Not sent");
});

test("hours in words, days in runs", () => {
  const hours = { days: ["monday" as const, "tuesday" as const, "wednesday" as const, "saturday" as const], from: "18:00", to: "06:00", zone: "Europe/Zurich" };
  assert.equal(hoursWords(hours), "Mon–Wed, Sat 18:00–06:00 (Europe/Zurich)");
  assert.equal(daysWords([]), "every day");
  assert.equal(daysWords(["friday", "monday"]), "Mon, Fri");
  assert.equal(hoursFault(hours), null);
  assert.ok(hoursFault({ ...hours, from: "25:00" }));
  assert.ok(hoursFault({ ...hours, zone: " " }));
});

test("a route says what it lacks, and what it does", () => {
  const route = { ...newRoute(1), name: "Night", channels: [1] };
  assert.equal(routeFault(newRoute(1)), "The route needs a name.");
  assert.equal(routeFault({ ...route, channels: [] }), "Choose a channel.");
  assert.equal(routeFault({ ...route, escalation: [{ minutes: 15, channels: [] }] }), "An escalation needs a channel.");
  assert.ok(routeFault({ ...route, digestMinutes: 0 }));
  assert.equal(routeFault(route), null);
  assert.equal(matchWords({ match: { ...route.match, severity: "critical", sites: ["Lyon"], causes: ["mains"] } }), "what is critical, at Lyon, caused by mains failure");
  assert.deepEqual(mannerWords({ ...route, escalation: [{ minutes: 15, channels: [1] }], tellEnd: false }, () => "Ops").map(plain), ["after 15 min Ops", "ends are not told"]);
});

test("a site's name may have a comma", () => {
  assert.deepEqual(splitSites("Lyon, Part-Dieu; Bern;\nBern"), ["Lyon, Part-Dieu", "Bern"]);
});

test("a window is planned, open, over or weekly", () => {
  const now = Date.parse("2026-03-01T12:00:00Z");
  const at = (from: string | null, until: string | null) => windowPhase({ from, until, weekly: null }, now);
  assert.equal(at("2026-03-01T13:00:00Z", "2026-03-01T14:00:00Z"), "planned");
  assert.equal(at(null, "2026-03-01T14:00:00Z"), "open");
  assert.equal(at("2026-03-01T10:00:00Z", "2026-03-01T12:00:00Z"), "over");
  const weekly = { days: [], from: "02:00", to: "04:00", zone: "UTC" };
  assert.equal(windowPhase({ from: null, until: null, weekly, isOpen: true }, now), "open");
  assert.equal(scopeWords({ sites: [], tags: [], cards: [] }), "the whole fleet");
});

test("a moment goes through a field and comes back", () => {
  assert.equal(sentTime(localTime("2026-03-01T12:34:00Z")), "2026-03-01T12:34:00Z");
  assert.equal(localTime(null), "");
  assert.equal(sentTime(""), null);
});

test("incidents in words", () => {
  const incident = { cards: 412, active: 171, singles: 1, state: "open" as const };
  assert.equal(incidentWords(incident), "412 cards, 171 not recovered, 1 on its own");
  assert.equal(incidentWords({ ...incident, active: 0, singles: 0, state: "ended" }), "412 cards");
  assert.equal(causeWord("mains"), "Mains failure");
  assert.equal(causeWord("rule:high-load"), "Rule high-load");
  assert.equal(causeWord("upsAlarmBatteryFault"), "Battery fault");
  assert.equal(alarmCountWords({ alarms: 430, active: 1, acknowledged: 0, shelved: 2 }), "430 alarms, 1 stands, 2 shelved");
});

test("the address keeps the filter of incidents", () => {
  const filter = incidentState(new URLSearchParams("state=all&site=Bern&cause=mains&severity=critical&q=x"));
  assert.deepEqual(incidentState(incidentQuery(filter)), filter);
  assert.equal(incidentQuery(incidentState(new URLSearchParams("state=toString"))).toString(), "");
  assert.equal(incidentPath(incidentState(new URLSearchParams())), "/incidents?state=open");
});

test("what a receiver heard, by kind", () => {
  assert.equal(kindWords({ "v2c trap card": 1204, unknown: 0 }), "v2c trap card 1,204");
  assert.equal(kindWords(null), null);
});
