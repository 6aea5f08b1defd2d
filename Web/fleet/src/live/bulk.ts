/** The same change to many cards, a few at a time, so that a server with much to do is not flooded. */
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

/** Changes each card that `change` has something for; ends early when `signal` says so. What fails is told, and the rest goes on. */
export async function changeCards(
  ids: readonly number[], change: (card: Card) => CardChange | null, progress: (progress: BulkProgress) => void, signal: AbortSignal,
): Promise<BulkProgress> {
  const state: BulkProgress = { done: 0, total: ids.length, failures: [] };
  const waiting = [...ids];
  const work = async () => {
    for (let id = waiting.shift(); id !== undefined && !signal.aborted; id = waiting.shift()) {
      await changeOne(id, change, state);
      state.done += 1;
      progress({ ...state });
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return state;
}

async function changeOne(id: number, change: (card: Card) => CardChange | null, state: BulkProgress): Promise<void> {
  const card = fleet.card(id);
  const wanted = card && change(card);
  if (!card || !wanted) return;
  try {
    const changed = await api.change<Card | undefined>(`/cards/${id}`, wanted);
    fleet.put({ ...card, ...changed });
  } catch (error) {
    state.failures.push({ name: card.name, reason: sentence(error) });
  }
}
