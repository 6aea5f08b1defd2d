/** Collects status changes for a few seconds and says them in one polite sentence. */
import { announcement } from "../model/announcement";
import type { StatusChange } from "../model/fleet";
import { Signal } from "./signal";

export const announced = new Signal("");

const pause = 4_000;
let waiting: StatusChange[] = [];
let isScheduled = false;

export function announce(changes: readonly StatusChange[]): void {
  if (changes.length === 0) return;
  waiting.push(...changes);
  if (isScheduled) return;
  isScheduled = true;
  setTimeout(() => {
    const text = announcement(waiting);
    waiting = [];
    isScheduled = false;
    if (text !== "") announced.write(text);
  }, pause);
}
