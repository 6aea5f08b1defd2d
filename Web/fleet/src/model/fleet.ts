/** All cards as last told by the server: filled by lists, kept current by events. */
import type { Card, Status, StreamEvents } from "../types";
import { Book } from "./book";

export interface StatusChange { card: Card; from: Status; to: Status }

export class Fleet extends Book<Card> {
  card(id: number): Card | undefined {
    return this.items.get(id);
  }

  /** Takes events; returns the status changes among cards that were known before. */
  apply(events: readonly StreamEvents["card"][]): StatusChange[] {
    const changes: StatusChange[] = [];
    this.clock += 1;
    for (const event of events) {
      const known = this.items.get(event.card);
      const { card: id, at: _at, item, retired, ...fields } = event;
      if (retired) {
        this.drop(id);
        continue;
      }
      const next = item ?? (known && { ...known, ...fields });
      if (!next) continue;
      if (known && known.status !== next.status) changes.push({ card: next, from: known.status, to: next.status });
      this.items.set(id, next);
      this.told.set(id, this.clock);
    }
    if (events.length > 0) this.changed();
    return changes;
  }

  /** Values tell too that a card has answered, and when. */
  applyReadings(events: readonly StreamEvents["readings"][]): void {
    let isNews = false;
    for (const { card: id, at } of events) {
      const known = this.items.get(id);
      if (!known || (known.lastSeen !== null && Date.parse(known.lastSeen) >= Date.parse(at))) continue;
      this.items.set(id, { ...known, lastSeen: at });
      isNews = true;
    }
    if (isNews) this.changed();
  }

  /** A list tells less of a card than its own page has read. */
  protected override merged(card: Card): Card {
    return { ...this.items.get(card.id), ...card };
  }

  /** Takes one card that was just read or changed. */
  put(card: Card): void {
    this.clock += 1;
    this.items.set(card.id, card);
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
    this.items.delete(id);
    this.told.set(id, this.clock);
  }
}
