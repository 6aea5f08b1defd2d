/** A card's health in words. */
import type { CardHealth } from "../types/system";
import type { Tone } from "./status";

const nbsp = "\u00a0";

function milliseconds(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en-GB");
}

/** "12 ms, average 14 ms, worst 90 ms"; null where there was no answer yet. */
export function latencyWords(latency: CardHealth["latencyMs"]): string | null {
  if (!latency || latency.last === null) return null;
  const rest = [["average", latency.average], ["worst", latency.worst]] as const;
  const known = rest.flatMap(([word, value]) => (value === null ? [] : [`${word} ${milliseconds(value)}${nbsp}ms`]));
  return [`${milliseconds(latency.last)}${nbsp}ms`, ...known].join(", ");
}

/** Whether the card answers: one lost poll is not yet a silent card. */
export function answering(health: CardHealth): { word: string; tone: Tone } {
  if (!health.lastAnswerAt) return health.consecutiveFailures > 0 ? { word: "Has never answered", tone: "bad" } : { word: "Not asked yet", tone: "muted" };
  if (health.consecutiveFailures === 0) return { word: "Answers", tone: "good" };
  if (health.consecutiveFailures < 3) return { word: `Missed ${health.consecutiveFailures} of the last polls`, tone: "caution" };
  return { word: `Silent for ${health.consecutiveFailures.toLocaleString("en-GB")} polls`, tone: "bad" };
}

/** Where the intervals come from: "card", "group NAME" or "configuration". */
export function pollingSource(from: string): string {
  if (from === "card") return "set for this card";
  return from === "configuration" ? "as the configuration says" : `as the ${from} says`;
}
