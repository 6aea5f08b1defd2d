/** Fills the fleet: one list at the start and after each loss of the stream, events in between. */
import { pages, sentence } from "../api";
import { stream } from "../events";
import { Fleet } from "../model/fleet";
import type { Card } from "../types";
import { announce } from "./announcer";
import { forgetGroups, refreshGroups } from "./groups";
import { Signal } from "./signal";

export const fleet = new Fleet();
/** Why the list could not be read, or null. */
export const feedError = new Signal<string | null>(null);

/** What the list shows and filters by; the rest is read with the card. Half the bytes of a whole list. */
const listed = "id,name,mac,serial,address,generation,kind,model,firmware,status,problem,warnings,site,tags,location,lastSeen,alarmCount,summary";

let reading: AbortController | null = null;
let stops: (() => void)[] = [];

/** Reads the whole list again; a reading under way is given up for it. */
export async function refreshFleet(): Promise<void> {
  reading?.abort();
  const controller = new AbortController();
  reading = controller;
  const intake = fleet.beginList();
  try {
    for await (const page of pages<Card>(`/cards?fields=${listed}`, controller.signal)) intake.add(page);
    intake.finish();
    feedError.write(null);
  } catch (error) {
    if (!controller.signal.aborted) feedError.write(sentence(error));
  }
}

export function startFeed(): void {
  stopFeed();
  stops = [
    stream.subscribe("card", (events) => announce(fleet.apply(events))),
    // A finished discovery may have added cards that no event has told of yet.
    stream.subscribe("discovery", (events) => events.some((event) => event.item.state === "done") && void refreshFleet()),
    stream.subscribe("readings", (events) => fleet.applyReadings(events)),
    stream.onResumed(() => void refreshFleet()),
  ];
  stream.start();
  void refreshFleet();
  void refreshGroups();
}

export function stopFeed(): void {
  for (const stop of stops) stop();
  stops = [];
  reading?.abort();
  stream.stop();
  fleet.clear();
  forgetGroups();
  feedError.write(null);
}
