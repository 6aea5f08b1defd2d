import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { api, Problem } from "../src/api";
import { Reader } from "../src/live/reader";

const settled = () => new Promise<void>((done) => setImmediate(() => done()));

/** Readings that end when the test says so. */
function slowReader() {
  const ends: (() => void)[] = [];
  const signals: AbortSignal[] = [];
  const reader = new Reader();
  reader.begin((signal) => {
    signals.push(signal);
    return new Promise((end) => ends.push(() => end()));
  });
  return { reader, ends, signals };
}

test("what the clock repeats does not disturb a reading that is slow", async () => {
  const { reader, ends, signals } = slowReader();
  for (let n = 0; n < 5; n += 1) reader.renew();
  assert.equal(signals.length, 1);
  assert.ok(!signals[0]?.aborted);
  ends[0]?.();
  await settled();
  assert.equal(signals.length, 1);
  reader.renew();
  assert.equal(signals.length, 2);
});

test("what an event calls for is read after the reading that is under way, once", async () => {
  const { reader, ends, signals } = slowReader();
  reader.reload();
  reader.reload();
  assert.equal(signals.length, 1);
  ends[0]?.();
  await settled();
  assert.equal(signals.length, 2);
  ends[1]?.();
  await settled();
  assert.equal(signals.length, 2);
});

test("a reading that is ended starts no other", async () => {
  const { reader, ends, signals } = slowReader();
  reader.reload();
  reader.end();
  assert.ok(signals[0]?.aborted);
  ends[0]?.();
  await settled();
  reader.reload();
  assert.equal(signals.length, 1);
});

/** A server that takes the request and says nothing more. */
function hang(_path: string, { signal }: { signal: AbortSignal }): Promise<never> {
  return new Promise((_, fail) => signal.addEventListener("abort", () => fail(new Error("aborted"))));
}

test("a server that never answers is told of after ten seconds", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(globalThis, { fetch: hang });
  let problem: unknown;
  void api.read("/session").catch((error) => (problem = error));
  await settled();
  mock.timers.tick(9_000);
  await settled();
  assert.equal(problem, undefined);
  mock.timers.tick(1_500);
  await settled();
  assert.ok(problem instanceof Problem && problem.status === 0);
  mock.timers.reset();
});

test("who gives a reading up is not told of a problem", async () => {
  Object.assign(globalThis, { fetch: hang });
  const controller = new AbortController();
  let problem: unknown;
  void api.read("/session", controller.signal).catch((error) => (problem = error));
  await settled();
  controller.abort();
  await settled();
  assert.ok(problem !== undefined && !(problem instanceof Problem));
});
