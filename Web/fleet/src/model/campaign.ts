/** A firmware campaign's steps, progress and plan. */
import type { Campaign, CampaignRequest, StepCounts, StepState } from "../types";
import type { Tone } from "./status";

/** The way of a card through a campaign. */
export const steps: readonly StepState[] = ["queued", "preflight", "unlock", "transfer", "restart", "verify", "done"];
export const endings: readonly StepState[] = ["done", "failed", "quarantined", "skipped"];
export const allStates: readonly StepState[] = [...steps, "failed", "quarantined", "skipped"];

export const stepWord: Record<StepState, string> = {
  queued: "Queued", preflight: "Preflight", unlock: "Unlock", transfer: "Transfer", restart: "Restart", verify: "Verify", done: "Done",
  failed: "Failed", quarantined: "Quarantined", skipped: "Skipped",
};

export function stepTone(state: StepState): Tone {
  switch (state) {
    case "done": return "good";
    case "failed": case "quarantined": return "bad";
    case "skipped": return "muted";
    case "queued": return "muted";
    default: return "info";
  }
}

export const campaignWord: Record<Campaign["state"], string> = {
  planned: "Planned", running: "Running", paused: "Paused", halted: "Halted", done: "Done", cancelled: "Cancelled",
};
export const campaignTone: Record<Campaign["state"], Tone> = {
  planned: "info", running: "info", paused: "caution", halted: "bad", done: "good", cancelled: "muted",
};

export interface Segment { state: StepState | "running"; count: number; tone: Tone }

/** The overall bar: done, failed, quarantined, skipped, under way; what is left is queued. */
export function segments(counts: StepCounts): Segment[] {
  const running = ["preflight", "unlock", "transfer", "restart", "verify"] as const;
  const underWay = running.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const ended = endings.map((state) => ({ state, count: counts[state] ?? 0, tone: stepTone(state) }));
  return [...ended, { state: "running" as const, count: underWay, tone: "info" as const }].filter((segment) => segment.count > 0);
}

export function finished(counts: StepCounts): number {
  return endings.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
}

/** What the form holds: text as typed. */
export interface Plan {
  name: string;
  firmware: number | null;
  cards: readonly number[];
  canary: string;
  concurrency: string;
  transfer: string;
  restart: string;
  verify: string;
  halt: string;
}
/** Canary 1, 10 at a time, five minutes each for transfer and restart, two to verify, stop when 2 % have failed. */
export const defaultPlan: Omit<Plan, "name" | "firmware" | "cards"> = {
  canary: "1", concurrency: "10", transfer: "300", restart: "300", verify: "120", halt: "2%",
};

export type PlanErrors = Partial<Record<keyof Plan, string>>;

function whole(text: string, min: number, max: number): number | null {
  const number = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return number >= min && number <= max ? number : null;
}

/** The request for a plan, or what is wrong with each field. */
export function campaignRequest(plan: Plan): { request: CampaignRequest } | { errors: PlanErrors } {
  const errors: PlanErrors = {};
  const number = (field: "canary" | "concurrency" | "transfer" | "restart" | "verify", min: number, max: number) => {
    const value = whole(plan[field], min, max);
    if (value === null) errors[field] = `A whole number from ${min} to ${max}.`;
    return value ?? min;
  };
  const halt = /^\d{1,3}%$/.test(plan.halt.trim()) ? plan.halt.trim() : whole(plan.halt, 1, 100_000);
  if (plan.name.trim() === "") errors.name = "Give the campaign a name.";
  if (plan.firmware === null) errors.firmware = "Choose an image.";
  if (plan.cards.length === 0) errors.cards = "Choose at least one card.";
  if (halt === null) errors.halt = "A percentage such as 2% or a number of cards.";
  const request: CampaignRequest = {
    name: plan.name.trim(), kind: "firmware", firmware: plan.firmware ?? 0, targets: { cards: [...plan.cards] },
    canary: number("canary", 0, 1000), concurrency: number("concurrency", 1, 500),
    deadlines: { transfer: number("transfer", 10, 86_400), restart: number("restart", 10, 86_400), verify: number("verify", 10, 86_400) },
    halt: { failures: halt ?? 1 },
  };
  return Object.keys(errors).length > 0 ? { errors } : { request };
}
