/** What a card's page reads. Reading it tells the server that somebody looks: it then asks the card for everything as often as for its status. */
import { useCallback, useEffect, useState } from "react";
import { api, list, Problem, sentence } from "../../api";
import { useCard } from "../../hooks/useFleet";
import { useRepeat, useRequest } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { fleet } from "../../live/feed";
import type { Card, CardAlarm, Readings } from "../../types";
import type { CardHealth } from "../../types/system";

/** An event adds values, only a whole reading tells which are gone; and each renews the server's attention, which lasts a minute. */
const wholeReading = 20_000;
const healthReading = 5_000;

export function useReadings(id: number) {
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<Readings>(`/cards/${id}/readings`, signal), [id]));
  const { reload, update } = loaded;
  useStream("readings", (batch) => {
    for (const event of batch) {
      if (event.card === id) update((known) => ({ at: event.at, values: { ...known.values, ...event.values } }));
    }
  });
  useRepeat(reload, wholeReading);
  return loaded;
}

export function useAlarms(id: number) {
  const loaded = useRequest(useCallback((signal: AbortSignal) => list<CardAlarm>(`/cards/${id}/alarms`, signal), [id]));
  useStream("alarm", (batch) => batch.some((event) => event.card === id) && loaded.reload());
  return loaded;
}

export function useHealth(id: number) {
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<CardHealth>(`/cards/${id}/health`, signal), [id]));
  useRepeat(loaded.isMissing ? nothing : loaded.reload, healthReading);
  return loaded;
}

function nothing(): void {
  // An older server need not be asked again.
}

/** Makes sure that a card opened by its address is known, even before the list is there; and reads what the list does not tell. */
export function useKnownCard(id: number): { card: Card | undefined; error: string | null } {
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    api.read<Card>(`/cards/${id}`, controller.signal).then(
      (card) => fleet.put(card),
      (problem) => {
        if (controller.signal.aborted) return;
        if (problem instanceof Problem && problem.status === 404) fleet.remove(id);
        setError(sentence(problem));
      },
    );
    return () => controller.abort();
  }, [id]);
  return { card: useCard(id), error };
}
