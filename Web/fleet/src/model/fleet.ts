/** All cards as last told by the server: filled by lists, kept current by events. */
import type { Card, Status, StreamEvents } from "../types";

export interface StatusChange { card: Card; from: Status; to: Status }

export class Fleet {
  private readonly cards = new Map<number, Card>();
  /** When a card was last told of by an event, in `clock` ticks. */
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

  card(id: number): Card | undefined {
    return this.cards.get(id);
  }

  all(): IterableIterator<Card> {
    return this.cards.values();
  }

  get size(): number {
    return this.cards.size;
  }

  /** Takes events; returns the status changes among cards that were known before. */
  apply(events: readonly StreamEvents["card"][]): StatusChange[] {
    const changes: StatusChange[] = [];
    this.clock += 1;
    for (const event of events) {
      const known = this.cards.get(event.card);
      const { card: id, at: _at, item, retired, ...fields } = event;
      if (retired) {
        this.drop(id);
        continue;
      }
      const next = item ?? (known && { ...known, ...fields });
      if (!next) continue;
      if (known && known.status !== next.status) changes.push({ card: next, from: known.status, to: next.status });
      this.cards.set(id, next);
      this.told.set(id, this.clock);
    }
    if (events.length > 0) this.changed();
    return changes;
  }

  /** Values tell too that a card has answered, and when. */
  applyReadings(events: readonly StreamEvents["readings"][]): void {
    let isNews = false;
    for (const { card: id, at } of events) {
      const known = this.cards.get(id);
      if (!known || (known.lastSeen !== null && Date.parse(known.lastSeen) >= Date.parse(at))) continue;
      this.cards.set(id, { ...known, lastSeen: at });
      isNews = true;
    }
    if (isNews) this.changed();
  }

  /**
   * Starts taking a list that is about to be asked for. What an event tells meanwhile is newer than the list and stays; what the whole
   * list does not name is gone.
   */
  beginList(): { add(page: readonly Card[]): void; finish(): void } {
    const started = this.clock;
    const seen = new Set<number>();
    const isNewer = (id: number) => (this.told.get(id) ?? -1) > started;
    return {
      add: (page) => {
        for (const card of page) {
          seen.add(card.id);
          // A list tells less of a card than its own page has read.
          if (!isNewer(card.id)) this.cards.set(card.id, { ...this.cards.get(card.id), ...card });
        }
        this.changed();
      },
      finish: () => {
        for (const id of [...this.cards.keys()]) if (!seen.has(id) && !isNewer(id)) this.cards.delete(id);
        this.isComplete = true;
        this.changed();
      },
    };
  }

  /** Takes one card that was just read or changed. */
  put(card: Card): void {
    this.clock += 1;
    this.cards.set(card.id, card);
    this.told.set(card.id, this.clock);
    this.changed();
  }

  /** Takes a card out that is retired. */
  remove(id: number): void {
    this.clock += 1;
    this.drop(id);
    this.changed();
  }

  /** Also for a list that is being read, which may still name the card. */
  private drop(id: number): void {
    this.cards.delete(id);
    this.told.set(id, this.clock);
  }

  clear(): void {
    this.cards.clear();
    this.told.clear();
    this.isComplete = false;
    this.changed();
  }

  private changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
