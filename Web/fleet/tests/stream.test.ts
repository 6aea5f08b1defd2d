import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Stream } from "../src/events";

/** A connection that does what the test says. */
class Source {
  static readonly CLOSED = 2;
  static all: Source[] = [];
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  private readonly listeners = new Map<string, (event: unknown) => void>();

  constructor(readonly url: string) {
    Source.all.push(this);
  }

  addEventListener(name: string, listener: (event: unknown) => void) {
    this.listeners.set(name, listener);
  }

  removeEventListener(name: string) {
    this.listeners.delete(name);
  }

  close() {
    this.readyState = Source.CLOSED;
  }

  open() {
    this.readyState = 1;
    this.onopen?.();
  }

  fail() {
    this.readyState = Source.CLOSED;
    this.onerror?.();
  }

  say(name: string, data: unknown = {}) {
    this.listeners.get(name)?.({ type: name, data: JSON.stringify(data) });
  }
}

const page = { hidden: false, seen: () => undefined as void };
Object.assign(globalThis, {
  EventSource: Source,
  document: {
    get hidden() {
      return page.hidden;
    },
    addEventListener: (_name: string, listener: () => void) => void (page.seen = listener),
    removeEventListener: () => void (page.seen = () => undefined),
  },
  requestAnimationFrame: (work: () => void) => void work(),
});

/** Lets time pass in steps of a second, with what is done in between. */
async function pass(seconds: number, each: (second: number) => void = () => undefined): Promise<void> {
  for (let second = 1; second <= seconds; second += 1) {
    mock.timers.tick(1_000);
    await new Promise<void>((done) => setImmediate(() => done()));
    each(second);
  }
}

function last(): Source {
  const source = Source.all[Source.all.length - 1];
  if (!source) throw new Error("no connection");
  return source;
}

/** A test of a stream that is open. */
function testOpen(name: string, body: (stream: Stream, opened: () => number) => Promise<void>): void {
  test(name, async () => {
    mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
    Source.all = [];
    page.hidden = false;
    const stream = new Stream();
    let count = 0;
    stream.onOpened(() => (count += 1));
    stream.start();
    last().open();
    try {
      await body(stream, () => count);
    } finally {
      stream.stop();
      mock.timers.reset();
    }
  });
}

testOpen("a connection on which nothing is heard is given up, though it calls itself open", async (stream, opened) => {
  const dead = last();
  const heard = Date.now();
  await pass(60);
  assert.equal(dead.readyState, Source.CLOSED);
  assert.deepEqual(stream.state, { phase: "reconnecting", since: heard });
  await pass(2);
  assert.ok(last() !== dead);
  last().open();
  assert.equal(stream.state.phase, "live");
  assert.equal(opened(), 2);
});

testOpen("beats keep a quiet connection", async (stream) => {
  await pass(300, (second) => second % 15 === 0 && last().say("beat", { at: "" }));
  assert.equal(Source.all.length, 1);
  assert.equal(stream.state.phase, "live");
});

testOpen("a probe that does not end keeps nobody from connecting later", async (stream) => {
  stream.probe = () => new Promise((_, fail) => setTimeout(fail, 10_000)).then(() => undefined, () => undefined);
  last().fail();
  await pass(5);
  assert.equal(Source.all.length, 1);
  await pass(10);
  assert.equal(Source.all.length, 2);
});

test("the first opening calls for reading too: events may have been missed until then", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  Source.all = [];
  const stream = new Stream();
  let opened = 0;
  stream.onOpened(() => (opened += 1));
  stream.start();
  last().fail();
  await pass(2);
  assert.equal(opened, 0);
  last().open();
  assert.equal(opened, 1);
  stream.stop();
  mock.timers.reset();
});

testOpen("values are told of the card that is shown, and nothing is lost while the stream is replaced", async (stream, opened) => {
  const [first] = Source.all;
  const heard: unknown[] = [];
  stream.subscribe("alarm", (batch) => heard.push(...batch));
  assert.ok(first?.url.endsWith("values=none"));
  const leave = stream.follow(12);
  await pass(1);
  assert.ok(last().url.endsWith("values=12"));
  assert.equal(first?.readyState, 1);
  first?.say("alarm", { card: 3, name: "a" });
  last().open();
  assert.equal(first?.readyState, Source.CLOSED);
  last().say("alarm", { card: 3, name: "b" });
  assert.equal(heard.length, 2);
  // Nothing was missed, so nothing is read again; and less than is told needs no new stream.
  assert.equal(opened(), 1);
  leave();
  await pass(1);
  assert.equal(Source.all.length, 2);
});

testOpen("a card that is opened while the stream connects is followed once it is open", async (stream) => {
  last().fail();
  await pass(2);
  const connecting = last();
  stream.follow(7);
  stream.follow(8);
  await pass(1);
  assert.equal(last(), connecting);
  connecting.open();
  assert.ok(last().url.endsWith("values=7,8"));
});

testOpen("a page that nobody sees gives its connection back, and takes it again", async (stream, opened) => {
  const seen = (hidden: boolean) => {
    page.hidden = hidden;
    page.seen();
  };
  seen(true);
  await pass(30);
  seen(false);
  await pass(40, () => last().say("beat"));
  assert.equal(Source.all.length, 1);
  assert.equal(last().readyState, 1);
  seen(true);
  await pass(30);
  last().say("beat");
  await pass(120);
  assert.equal(last().readyState, Source.CLOSED);
  assert.equal(Source.all.length, 1);
  assert.ok(!stream.isAwake);
  seen(false);
  assert.equal(Source.all.length, 2);
  last().open();
  assert.equal(opened(), 2);
});
