/** The alarms that stand, as last told by the server: filled by lists, kept current by events. */
import type { StreamEvents } from "../types";
import type { Alarm } from "../types/alarms";
import { Book } from "./book";

/** What an event does not tell of a card. */
export interface AlarmPlace { name: string | null; site: string | null }
type Told = StreamEvents["alarm"];

export class AlarmBook extends Book<Alarm> {
  alarm(id: number): Alarm | undefined {
    return this.items.get(id);
  }

  /** Takes events; whether the list is to be read again for what they do not tell: who acknowledged, which incident, an older server's ids. */
  apply(events: readonly Told[], placeOf: (card: number) => AlarmPlace | undefined): boolean {
    let isIncomplete = false;
    this.clock += 1;
    for (const event of events) {
      if (event.id === undefined) {
        isIncomplete = true;
        continue;
      }
      const known = this.items.get(event.id);
      const state = event.active ? event.state ?? known?.state ?? "raised" : "cleared";
      // Whoever left meanwhile is no news to a list of what stands.
      if (!known && state === "cleared") continue;
      isIncomplete ||= state !== "cleared";
      const next = known ?? unknownAlarm(event.id, event, placeOf);
      this.items.set(event.id, {
        ...next, title: event.title, severity: event.severity, state, changedAt: event.at, clearedAt: state === "cleared" ? event.at : null,
      });
      this.told.set(event.id, this.clock);
    }
    if (events.length > 0) this.changed();
    return isIncomplete;
  }

  /** Alarms come and go: nothing is kept of those that do not stand. */
  protected override isGone(id: number): void {
    this.told.delete(id);
  }
}

function unknownAlarm(id: number, event: Told, placeOf: (card: number) => AlarmPlace | undefined): Alarm {
  const place = event.card === null ? undefined : placeOf(event.card);
  return {
    id, card: event.card, cardName: place?.name ?? null, site: place?.site ?? null, name: event.name, title: event.title, severity: event.severity,
    source: event.source ?? "poll", detail: null, state: "raised", since: event.at, clearedAt: null, acknowledgedAt: null, acknowledgedBy: null,
    flapping: false, occurrences: 1, shelvedUntil: null, shelvedBy: null, shelvedReason: null, incident: null, changedAt: event.at,
  };
}
