import { useCallback, useEffect, useState } from "react";
import { api, list, sentence } from "../../api";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { PageHead } from "../../components/PageHead";
import { useCard } from "../../hooks/useFleet";
import { useRequest } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { fleet } from "../../live/feed";
import type { Card, CardAlarm, Readings } from "../../types";
import { AlarmPanel } from "./AlarmPanel";
import { CardHeader } from "./CardHeader";
import { HistoryPanel } from "./HistoryPanel";
import { KeyFigures } from "./KeyFigures";
import { ReadingGroups } from "./ReadingGroups";

/** How often readings are read whole: an event adds values, only a whole reading tells which are gone. */
const wholeReading = 60_000;

function useReadings(id: number) {
  const read = useCallback((signal: AbortSignal) => api.read<Readings>(`/cards/${id}/readings`, signal), [id]);
  const loaded = useRequest(read);
  const { reload, update } = loaded;
  useStream("readings", (batch) => {
    for (const event of batch) {
      if (event.card === id) update((known) => ({ at: event.at, values: { ...known.values, ...event.values } }));
    }
  });
  useEffect(() => {
    const timer = setInterval(reload, wholeReading);
    return () => clearInterval(timer);
  }, [reload]);
  return loaded;
}

function useAlarms(id: number) {
  const loaded = useRequest(useCallback((signal: AbortSignal) => list<CardAlarm>(`/cards/${id}/alarms`, signal), [id]));
  useStream("alarm", (batch) => batch.some((event) => event.card === id) && loaded.reload());
  return loaded;
}

/** Makes sure that a card opened by its address is known, even before the list is there. */
function useKnownCard(id: number): { card: Card | undefined; error: string | null } {
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const controller = new AbortController();
    api.read<Card>(`/cards/${id}`, controller.signal).then(
      (card) => fleet.put(card),
      (problem) => !controller.signal.aborted && setError(sentence(problem)),
    );
    return () => controller.abort();
  }, [id]);
  return { card: useCard(id), error };
}

export function CardPage({ id }: { id: number }) {
  const { card, error } = useKnownCard(id);
  const readings = useReadings(id);
  const alarms = useAlarms(id);
  if (!card) {
    return (
      <div className="page">
        <PageHead title="Card" />
        {error === null ? <Empty title="Reading the card…" /> : <ErrorNote text={error} />}
        <p><a href="#/cards">All cards</a></p>
      </div>
    );
  }
  const active = (alarms.value ?? []).filter((alarm) => !alarm.clearedAt);
  const isStale = card.status === "unreachable";
  return (
    <div className="page page-card">
      <CardHeader card={card} />
      <div className="card-top">
        <KeyFigures card={card} values={readings.value?.values ?? card.summary} alarms={active} isStale={isStale} />
        <AlarmPanel alarms={alarms.value} error={alarms.error} retry={alarms.reload} />
      </div>
      <HistoryPanel card={card} values={readings.value?.values ?? {}} />
      <ErrorNote text={readings.error} retry={readings.reload} />
      {readings.value && <ReadingGroups readings={readings.value} isStale={isStale} />}
    </div>
  );
}
