/** What a card's page reads. Reading it tells the server that somebody looks: it then asks the card for everything as often as for its status. */
import { useCallback, useEffect, useRef } from "react";
import { api, list } from "../../api";
import { useCard } from "../../hooks/useFleet";
import { useRepeat, useRequest } from "../../hooks/useRequest";
import { useFollowed, useStream } from "../../hooks/useStream";
import { fleet } from "../../live/feed";
import type { Card, CardAlarm, Readings } from "../../types";
import type { CardHealth } from "../../types/system";

/** An event adds values, only a whole reading tells which are gone; and each renews the server's attention, which lasts a minute. */
const wholeReading = 20_000;
const healthReading = 5_000;

export function useReadings(id: number) {
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<Readings>(`/cards/${id}/readings`, signal), [id]));
  const { renew, update } = loaded;
  useFollowed(id);
  useStream("readings", (batch) => {
    for (const event of batch) {
      if (event.card === id && event.values) update((known) => ({ at: event.at, values: { ...known.values, ...event.values } }));
    }
  });
  useRepeat(renew, wholeReading);
  return loaded;
}

export function useAlarms(id: number) {
  const loaded = useRequest(useCallback((signal: AbortSignal) => list<CardAlarm>(`/cards/${id}/alarms`, signal), [id]));
  useStream("alarm", (batch) => batch.some((event) => event.card === id) && loaded.reload());
  return loaded;
}

export function useHealth(id: number) {
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<CardHealth>(`/cards/${id}/health`, signal), [id]));
  useRepeat(loaded.isMissing ? null : loaded.renew, healthReading);
  return loaded;
}

export interface KnownCard {
  card: Card | undefined;
  /** Why there is none. */
  error: string | null;
}

/** The card as it is now: kept current by the fleet's events, and read for what the list does not tell. One that is retired is in no list. */
export function useKnownCard(id: number): KnownCard {
  const read = useCallback(async (signal: AbortSignal) => {
    const intake = fleet.beginList();
    const card = await api.read<Card>(`/cards/${id}`, signal);
    // What an event told meanwhile is newer, and stays.
    if (card.retiredAt) fleet.remove(id);
    else intake.add([card]);
    return card;
  }, [id]);
  const { value, error, isMissing, reload } = useRequest(read);
  const listed = useCard(id);
  const isRetired = Boolean(value?.retiredAt);
  const later = useRef<ReturnType<typeof setTimeout>>();
  useStream("card", (batch) => {
    if (!batch.some((event) => event.card === id && Boolean(event.retired) !== isRetired)) return;
    // Who has retired it here leaves the page now, and need not read it any more.
    clearTimeout(later.current);
    later.current = setTimeout(reload, 1_000);
  });
  useEffect(() => () => clearTimeout(later.current), []);
  useEffect(() => {
    if (isMissing) fleet.remove(id);
  }, [id, isMissing]);
  return { card: isRetired ? value : listed, error: isMissing ? `There is no card ${id}: it never was here, or it was retired.` : error };
}

const notRead = async () => undefined;

/** Another card, as far as it is known; read where the list does not have it, as a retired one. */
export function useOtherCard(id: number): Card | undefined {
  const listed = useCard(id);
  const read = useCallback((signal: AbortSignal) => api.read<Card>(`/cards/${id}`, signal), [id]);
  const { value } = useRequest<Card | undefined>(listed ? notRead : read);
  return listed ?? value;
}
