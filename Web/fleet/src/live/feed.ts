/** Fills the fleet: one list whenever the stream opens, events in between, and now and then a list against whatever was missed. */
import { pages, sentence } from "../api";
import { stream } from "../events";
import { Fleet } from "../model/fleet";
import type { Card, StreamEvents } from "../types";
import { announce } from "./announcer";
import { forgetGroups, refreshGroups } from "./groups";
import { Reader } from "./reader";
import { deselect } from "./selection";
import { Signal } from "./signal";

export const fleet = new Fleet();
/** Why the list could not be read, or null. */
export const feedError = new Signal<string | null>(null);

/** What the list shows and filters by; the rest is read with the card. Half the bytes of a whole list. */
const listed = "id,name,mac,serial,address,generation,kind,model,firmware,status,problem,warnings,site,tags,location,lastSeen,alarmCount,summary";

/** The stream opens at once, and the list is read then; if it does not, the list comes without it. */
const patience = 1_000;
const refreshInterval = 300_000;

const reader = new Reader();
let hasBegun = false;
let stops: (() => void)[] = [];

async function read(signal: AbortSignal): Promise<void> {
  const intake = fleet.beginList();
  try {
    for await (const page of pages<Card>(`/cards?fields=${listed}`, signal)) intake.add(page);
    intake.finish();
    feedError.write(null);
  } catch (error) {
    if (!signal.aborted) feedError.write(sentence(error));
  }
}

/** Reads the whole list again; after a reading that is under way. */
export function refreshFleet(): void {
  if (hasBegun) return reader.reload();
  hasBegun = true;
  reader.begin(read);
}

function takeCards(events: StreamEvents["card"][]): void {
  announce(fleet.apply(events));
  deselect(events.filter((event) => event.retired).map((event) => event.card));
}

export function startFeed(): void {
  stopFeed();
  const first = setTimeout(() => hasBegun || refreshFleet(), patience);
  const repeated = setInterval(() => stream.isAwake && hasBegun && reader.renew(), refreshInterval);
  stops = [
    stream.subscribe("card", takeCards),
    stream.subscribe("cards", refreshFleet),
    // A finished discovery may have added cards that no event has told of yet.
    stream.subscribe("discovery", (events) => events.some((event) => event.item.state === "done") && refreshFleet()),
    stream.subscribe("readings", (events) => fleet.applyReadings(events)),
    stream.onOpened(refreshFleet),
    () => clearTimeout(first),
    () => clearInterval(repeated),
  ];
  stream.start();
  void refreshGroups();
}

export function stopFeed(): void {
  for (const stop of stops) stop();
  stops = [];
  reader.end();
  hasBegun = false;
  stream.stop();
  fleet.clear();
  forgetGroups();
  feedError.write(null);
}
