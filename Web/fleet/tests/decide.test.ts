import assert from "node:assert/strict";
import { test } from "node:test";
import { workThrough, type BulkProgress } from "../src/live/bulk";
import { acceptAll } from "../src/live/decide";
import type { Candidate } from "../src/types/discovery";

const numbers = Array.from({ length: 20 }, (_, index) => index + 1);
const silently = () => undefined;

test("what fails is told by its name, and the rest goes on", async () => {
  const done: number[] = [];
  let last: BulkProgress | undefined;
  const result = await workThrough(numbers, (n) => `card ${n}`, async (n) => {
    if (n % 10 === 0) throw new Error("no");
    done.push(n);
  }, (progress) => (last = progress), new AbortController().signal);
  assert.equal(done.length, 18);
  assert.deepEqual(result.failures, [{ name: "card 10", reason: "no" }, { name: "card 20", reason: "no" }]);
  assert.equal(last?.done, 20);
});

test("who closes the dialog ends the work", async () => {
  const controller = new AbortController();
  const done: number[] = [];
  await workThrough(numbers, String, async (n) => {
    done.push(n);
    controller.abort();
  }, silently, controller.signal);
  assert.ok(done.length < numbers.length);
});

/** A server on which one candidate can't be accepted until it is mended, and another was accepted by somebody else. */
function server(broken: () => number | null, taken: number) {
  const asked: number[] = [];
  const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });
  Object.assign(globalThis, {
    fetch: async (path: string) => {
      const id = Number(path.split("/")[4]);
      if (!path.endsWith("/accept")) return answer(200, { id, state: id === taken ? "accepted" : "new" });
      asked.push(id);
      if (id === broken()) return answer(409, { detail: "It carries another card's MAC." });
      return id === taken ? answer(409, { detail: "It is in the inventory already." }) : answer(200, {});
    },
  });
  return asked;
}

test("after a failure only what is not in the fleet yet is asked for again", async () => {
  let broken: number | null = 2;
  const asked = server(() => broken, 3);
  const candidates = [1, 2, 3].map((id) => ({ id, name: `UPS ${id}`, address: `10.0.0.${id}` }) as Candidate);
  const accepted = new Set<number>();
  const accept = () => acceptAll(candidates, {}, accepted, silently, new AbortController().signal);
  assert.deepEqual((await accept()).failures, [{ name: "UPS 2 (10.0.0.2)", reason: "It carries another card's MAC." }]);
  broken = null;
  assert.deepEqual((await accept()).failures, []);
  assert.deepEqual(asked.sort(), [1, 2, 2, 3]);
});
