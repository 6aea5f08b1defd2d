/** The same work on many things, a few at a time, so that a server with much to do is not flooded. */
import { api, sentence } from "../api";
import type { Card } from "../types";
import { fleet } from "./feed";

export interface CardChange {
  site?: string;
  tags?: string[];
  polling?: { statusSeconds: number; fullSeconds: number } | null;
}

export interface BulkProgress { done: number; total: number; failures: { name: string; reason: string }[] }

const atOnce = 6;

/** Does the work for each item, until `signal` ends it. What fails is told by its name, and the rest goes on. */
export async function workThrough<Item>(
  items: readonly Item[], nameOf: (item: Item) => string, work: (item: Item) => Promise<void>, progress: (progress: BulkProgress) => void, signal: AbortSignal,
): Promise<BulkProgress> {
  const state: BulkProgress = { done: 0, total: items.length, failures: [] };
  const waiting = [...items];
  const take = async () => {
    for (let item = waiting.shift(); item !== undefined && !signal.aborted; item = waiting.shift()) {
      try {
        await work(item);
      } catch (error) {
        state.failures.push({ name: nameOf(item), reason: sentence(error) });
      }
      state.done += 1;
      progress({ ...state });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, take));
  return state;
}

/** Changes each card that `change` has something for. */
export function changeCards(
  ids: readonly number[], change: (card: Card) => CardChange | null, progress: (progress: BulkProgress) => void, signal: AbortSignal,
): Promise<BulkProgress> {
  const nameOf = (id: number) => fleet.card(id)?.name ?? `card ${id}`;
  return workThrough(ids, nameOf, (id) => changeOne(id, change), progress, signal);
}

async function changeOne(id: number, change: (card: Card) => CardChange | null): Promise<void> {
  const card = fleet.card(id);
  const wanted = card && change(card);
  if (!card || !wanted) return;
  const changed = await api.change<Card | undefined>(`/cards/${id}`, wanted);
  fleet.put({ ...card, ...changed });
}
