import assert from "node:assert/strict";
import { test } from "node:test";
import { campaignRequest, defaultPlan, finished, segments, type Plan } from "../src/model/campaign";
import { isNetmask, isRange, sameNetwork, splitRanges } from "../src/model/network";
import { followCampaign, followCards } from "../src/pages/campaigns/followCampaign";
import type { Campaign, CampaignCard, StreamEvents } from "../src/types";

const plan: Plan = { ...defaultPlan, name: "Spring", firmware: 4, cards: [1, 2] };

test("a plan becomes a request", () => {
  assert.deepEqual(campaignRequest(plan), {
    request: {
      name: "Spring", kind: "firmware", firmware: 4, targets: { cards: [1, 2] }, canary: 1, concurrency: 10,
      deadlines: { transfer: 300, restart: 300, verify: 120 }, halt: { failures: "2%" },
    },
  });
  const counted = campaignRequest({ ...plan, halt: "3" });
  assert.deepEqual("request" in counted && counted.request.halt, { failures: 3 });
});

test("each wrong field is named", () => {
  const result = campaignRequest({ ...plan, name: " ", firmware: null, cards: [], concurrency: "0", transfer: "1e9", halt: "some" });
  assert.deepEqual("errors" in result && Object.keys(result.errors).sort(), ["cards", "concurrency", "firmware", "halt", "name", "transfer"]);
});

test("the bar shows endings and what is under way", () => {
  const counts = { queued: 5, transfer: 2, verify: 1, done: 3, failed: 1 };
  assert.deepEqual(segments(counts).map(({ state, count }) => [state, count]), [["done", 3], ["failed", 1], ["running", 3]]);
  assert.equal(finished(counts), 4);
});

test("events move a campaign and its cards, and nobody else's", () => {
  const event: StreamEvents["campaign"] = {
    card: 7, at: "t", campaign: 1, state: "transfer", campaignState: "running", error: null, progress: 0.4, counts: { transfer: 1 },
  };
  const campaign = { id: 1, state: "planned", counts: {} } as Campaign;
  assert.deepEqual(followCampaign(campaign, [event]), { id: 1, state: "running", counts: { transfer: 1 } });
  assert.equal(followCampaign({ ...campaign, id: 2 }, [event]).state, "planned");
  const cards = [{ card: 7, state: "queued" }, { card: 8, state: "queued" }] as CampaignCard[];
  const followed = followCards(cards, 1, [event]);
  assert.equal(followed[0]?.progress, 0.4);
  assert.equal(followed[1], cards[1]);
});

test("addresses are checked before they are sent", () => {
  assert.deepEqual(["255.255.254.0", "255.0.255.0", "0.0.0.0", "255.255.255.255"].map(isNetmask), [true, false, false, true]);
  for (const range of ["10.1.0.0/16", "10.1.0.7", "10.1.0.10-10.1.0.20", "10.1.0.7-10.1.0.7", "10.0.0.0/8"]) assert.ok(isRange(range));
  for (const text of ["10.1.0.0/33", "10.0.0.0/7", "10.1/16", "10.1.0.0/16/2", "300.1.1.1", "10.1.0.20-10.1.0.10", "10.1.0.1-", "10.1.0.1-2", "10.1.0.0/16-10.2.0.0"]) assert.ok(!isRange(text));
  assert.deepEqual(splitRanges(" 10.1.0.0/16,\n10.2.0.1 - 10.2.0.9 "), ["10.1.0.0/16", "10.2.0.1-10.2.0.9"]);
  assert.equal(sameNetwork("10.1.2.3", "10.1.3.1", "255.255.254.0"), true);
  assert.equal(sameNetwork("10.1.2.3", "10.1.4.1", "255.255.254.0"), false);
});
