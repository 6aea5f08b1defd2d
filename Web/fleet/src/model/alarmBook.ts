/** The alarms that stand, as last told by the server: filled by lists, kept current by events. */
import type { StreamEvents } from "../types";
import type { Alarm } from "../types/alarms";

/** What an event does not tell of a card. */
export interface AlarmPlace { name: string | null; site: string | null }
type Told = StreamEvents["alarm"];

export class AlarmBook {
  private readonly alarms = new Map<number, Alarm>();
  /** When an alarm was last told of by an event, in `clock` ticks. */
  private readonly told = new Map<number, number>();
  private readonly listeners = new Set<() => void>();
  private clock = 0;
  /** Grows with every change. */
  version = 0;
  /** True once a whole list has been read. */
  isComplete = false;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  alarm(id: number): Alarm | undefined {
    return this.alarms.get(id);
  }

  all(): IterableIterator<Alarm> {
    return this.alarms.values();
  }

  get size(): number {
    return this.alarms.size;
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
      const known = this.alarms.get(event.id);
      const state = event.active ? event.state ?? known?.state ?? "raised" : "cleared";
      // Whoever left meanwhile is no news to a list of what stands.
      if (!known && state === "cleared") continue;
      isIncomplete ||= state !== "cleared";
      const next = known ?? unknownAlarm(event.id, event, placeOf);
      this.alarms.set(event.id, {
        ...next, title: event.title, severity: event.severity, state, changedAt: event.at, clearedAt: state === "cleared" ? event.at : null,
      });
      this.told.set(event.id, this.clock);
    }
    if (events.length > 0) this.changed();
    return isIncomplete;
  }

  /**
   * Starts taking a list that is about to be asked for. Of what an event tells meanwhile the list may know nothing yet: that stays; what the
   * whole list does not name stands no longer.
   */
  beginList(): { add(page: readonly Alarm[]): void; finish(): void } {
    const started = this.clock;
    const seen = new Set<number>();
    const isNewer = (id: number) => (this.told.get(id) ?? -1) > started;
    return {
      add: (page) => {
        for (const alarm of page) {
          seen.add(alarm.id);
          if (!isNewer(alarm.id)) this.alarms.set(alarm.id, alarm);
        }
        this.changed();
      },
      finish: () => {
        for (const id of [...this.alarms.keys()]) {
          if (seen.has(id) || isNewer(id)) continue;
          this.alarms.delete(id);
          this.told.delete(id);
        }
        this.isComplete = true;
        this.changed();
      },
    };
  }

  /** Of a list that nobody follows, nothing is known. */
  clear(): void {
    this.alarms.clear();
    this.told.clear();
    this.isComplete = false;
    this.changed();
  }

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
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
