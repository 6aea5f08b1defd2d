import assert from "node:assert/strict";
import { test } from "node:test";
import { AlarmBook } from "../src/model/alarmBook";
import { alarmFilter, alarmQuery, filterAlarms, historyPath, inView, noAlarmFilter, type AlarmFilter } from "../src/model/alarmFilter";
import { eventLook, noAlarmWords, placeWord, silenceWords, spelt } from "../src/model/alarms";
import { sortAlarms } from "../src/model/alarmSort";
import { eventItem } from "../src/model/cardEvents";
import { shelfFault, shelfRequest } from "../src/model/shelf";
import type { StreamEvents } from "../src/types";
import type { Alarm } from "../src/types/alarms";

const now = Date.parse("2026-03-01T12:00:00Z");

function alarm(id: number, fields: Partial<Alarm> = {}): Alarm {
  return {
    id, card: id, cardName: `Rack ${id}`, site: "Lyon", name: "upsAlarmOnBattery", title: "UPS on battery", severity: "warning", source: "poll", detail: null, state: "raised",
    since: `2026-03-01T11:00:0${id % 10}Z`, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null, flapping: false, occurrences: 1, shelvedUntil: null, shelvedBy: null,
    shelvedReason: null, incident: null, changedAt: "2026-03-01T11:00:00Z", ...fields,
  };
}

function told(id: number, fields: Partial<StreamEvents["alarm"]> = {}): StreamEvents["alarm"] {
  return { id, card: id, at: "2026-03-01T11:30:00Z", name: "upsAlarmOnBattery", title: "UPS on battery", severity: "warning", active: true, state: "raised", source: "trap", ...fields };
}

const alarms = [
  alarm(1), alarm(2, { severity: "critical", cardName: "Rack 10", site: "Bern" }), alarm(3, { state: "acknowledged", card: 9 }),
  alarm(4, { shelvedUntil: "2026-03-01T13:00:00Z" }), alarm(5, { state: "cleared" }), alarm(6, { card: null, cardName: null, site: null, name: "trapsLost", title: "Traps were lost" }),
];
const tagsOf = (card: number) => (card === 9 ? ["bank"] : []);
const filtered = (filter: Partial<AlarmFilter>, at = now) => filterAlarms(alarms, { ...noAlarmFilter, ...filter }, tagsOf, at);
const ids = (filter: Partial<AlarmFilter>, at = now) => filtered(filter, at).alarms.map(({ id }) => id);

test("what stands is shown, what is shelved only until the shelf ends", () => {
  assert.deepEqual(ids({}), [1, 2, 3, 6]);
  assert.deepEqual(ids({ shelved: "only" }), [4]);
  assert.deepEqual(ids({ shelved: "any" }), [1, 2, 3, 4, 6]);
  assert.deepEqual(ids({}, Date.parse("2026-03-01T13:00:01Z")), [1, 2, 3, 4, 6]);
  assert.equal(filtered({}).shelved, 1);
});

test("alarms are narrowed by state, site, tag, name, card and text", () => {
  assert.deepEqual(ids({ view: "raised" }), [1, 2, 6]);
  assert.deepEqual(ids({ view: "acknowledged" }), [3]);
  assert.deepEqual(ids({ sites: ["Bern", "Nowhere"] }), [2]);
  assert.deepEqual(ids({ tags: ["bank"] }), [3]);
  assert.deepEqual(ids({ name: "trapsLost" }), [6]);
  assert.deepEqual(ids({ card: 9 }), [3]);
  assert.deepEqual(ids({ text: "this SERVER lost" }), [6]);
});

test("a chip counts what it would show, whatever the chips", () => {
  const { counts, total } = filtered({ severities: ["critical"] });
  assert.deepEqual(counts, { warning: 3, critical: 1 });
  assert.equal(total, 5);
});

test("the address keeps the filter of alarms, and leaves defaults out", () => {
  const filter = alarmFilter(new URLSearchParams("state=raised&severity=critical,nonsense&site=Lyon%2C+Part-Dieu&tag=a&name=rule%3Ax&q=b&shelved=true&card=4&sort=severity"));
  assert.deepEqual(filter, { view: "raised", severities: ["critical"], sites: ["Lyon, Part-Dieu"], tags: ["a"], name: "rule:x", text: "b", shelved: "only", card: 4, from: "", to: "", sort: "severity" });
  assert.deepEqual(alarmFilter(alarmQuery(filter)), filter);
  const past = alarmFilter(new URLSearchParams("state=all&from=2026-03-01&to=2026-03-31"));
  assert.deepEqual(alarmFilter(alarmQuery(past)), past);
  const asked = new URLSearchParams(historyPath(past).split("?")[1]);
  assert.equal(asked.get("from"), new Date("2026-03-01T00:00:00").toISOString());
  assert.equal(asked.get("to"), new Date("2026-04-01T00:00:00").toISOString());
  assert.equal(alarmQuery(inView(past, "open")).toString(), "");
  assert.equal(alarmFilter(new URLSearchParams("from=2026-13-01&to=yesterday")).from, "");
  assert.equal(alarmQuery(alarmFilter(new URLSearchParams("state=constructor&card=-1&sort=x&shelved=no"))).toString(), "");
});

test("the server is asked for the past, of one site and one tag", () => {
  const filter: AlarmFilter = { ...noAlarmFilter, view: "cleared", sites: ["Lyon", "Bern"], severities: ["critical"], sort: "card" };
  assert.equal(historyPath(filter), "/alarms?state=cleared&severity=critical&site=Bern");
  assert.deepEqual(inView(filter, "all").sites, ["Bern"]);
  assert.deepEqual(inView(filter, "open").sites, ["Lyon", "Bern"]);
  assert.equal(historyPath({ ...noAlarmFilter, view: "all", shelved: "only" }), "/alarms?state=all&shelved=true");
});

test("alarms sort newest, gravest, by card and by site", () => {
  const some = [alarm(1), alarm(2, { severity: "critical", cardName: "Rack 10" }), alarm(3, { cardName: "Rack 9", site: null })];
  const order = (sort: AlarmFilter["sort"]) => sortAlarms(some, sort).map(({ id }) => id);
  assert.deepEqual(order("newest"), [3, 2, 1]);
  assert.deepEqual(order("severity"), [2, 3, 1]);
  assert.deepEqual(order("card"), [1, 3, 2]);
  assert.deepEqual(order("site"), [2, 1, 3]);
});

test("an event shows a new alarm at once, with what is known of its card", () => {
  const book = new AlarmBook();
  assert.equal(book.apply([told(1)], () => ({ name: "Rack 1", site: "Lyon" })), true);
  assert.deepEqual([book.alarm(1)?.cardName, book.alarm(1)?.site, book.alarm(1)?.since], ["Rack 1", "Lyon", "2026-03-01T11:30:00Z"]);
  book.apply([told(1, { active: false, state: "cleared" })], () => undefined);
  assert.equal(book.alarm(1)?.state, "cleared");
});

test("the end of an alarm that is not known is no news, and an old server's event has the list read", () => {
  const book = new AlarmBook();
  assert.equal(book.apply([told(1, { active: false })], () => undefined), false);
  assert.equal(book.size, 0);
  assert.equal(book.apply([told(1, { id: undefined })], () => undefined), true);
});

test("what an event told while a list was read stays, what the list does not name is gone", () => {
  const book = new AlarmBook();
  const first = book.beginList();
  first.add([alarm(1), alarm(2)]);
  first.finish();
  const second = book.beginList();
  book.apply([told(2, { active: false, state: "cleared" }), told(3)], () => undefined);
  second.add([alarm(2)]);
  second.finish();
  assert.equal(book.alarm(1), undefined);
  assert.equal(book.alarm(2)?.state, "cleared");
  assert.equal(book.alarm(3)?.state, "raised");
  book.clear();
  assert.equal(book.isComplete, false);
  assert.equal(book.size, 0);
});

test("no alarm is not in order where cards are silent", () => {
  assert.equal(silenceWords([{ status: "normal" }]), null);
  assert.ok(silenceWords([{ status: "unreachable" }, { status: "unknown" }])?.startsWith("Of 2 cards nothing is known"));
  assert.equal(noAlarmWords({ status: "unreachable", lastSeen: null, retiredAt: null }), "Not known: the card has never answered.");
});

test("words for what has none", () => {
  assert.equal(eventLook("somethingNew").word, "Something new");
  assert.equal(spelt("syslogTLS.x"), "Syslog tls x");
  assert.equal(placeWord({ card: null, cardName: null }), "This server");
  assert.equal(placeWord({ card: 7, cardName: null }), "Card 7");
});

test("a card's message is no event of an alarm", () => {
  const line = eventItem({ at: "2026-03-01T11:00:00Z", kind: "message", alarm: null, name: null, title: null, severity: "warning", source: "syslog", user: null, text: "Input bad" }, 0);
  assert.deepEqual([line.word, line.tone, line.text], ["Syslog", "caution", "Input bad"]);
});

test("a shelf has an end and a reason", () => {
  assert.ok(shelfFault({ choice: "60", until: "", reason: " " }, now)?.includes("why"));
  assert.ok(shelfFault({ choice: "until", until: "2020-01-01T00:00", reason: "x" }, now)?.includes("past"));
  assert.ok(shelfFault({ choice: "until", until: "", reason: "x" }, now)?.includes("until when"));
  assert.deepEqual(shelfRequest({ choice: "240", until: "", reason: " x " }), { minutes: 240, reason: "x" });
  assert.deepEqual(shelfRequest({ choice: "until", until: "2030-01-01T00:00:00Z", reason: "x" }), { until: "2030-01-01T00:00:00Z", reason: "x" });
});
