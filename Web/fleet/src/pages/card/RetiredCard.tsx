import { useCallback } from "react";
import { api } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { useList, useRequest } from "../../hooks/useRequest";
import type { Card, Readings } from "../../types";
import { AlarmPanel } from "./AlarmPanel";
import { useAlarms } from "./cardData";
import { CardHeader } from "./CardHeader";
import { HistoryPanel } from "./HistoryPanel";
import { IdentityPanel } from "./IdentityPanel";
import { ReadingGroups } from "./ReadingGroups";

function nothing(): void {
  // A retired card is not changed.
}

/** A card that is no longer watched: its history, what it told last, and who took its place. Nothing of it can be changed. */
export function RetiredCard({ card }: { card: Card }) {
  const readings = useRequest(useCallback((signal: AbortSignal) => api.read<Readings>(`/cards/${card.id}/readings`, signal), [card.id]));
  const alarms = useAlarms(card.id);
  const stored = useList<{ metric: string }>(`/cards/${card.id}/metrics`);
  return (
    <div className="page page-card">
      <CardHeader card={card} />
      <ErrorNote text={stored.error} retry={stored.reload} />
      <HistoryPanel card={card} known={(stored.value ?? []).map(({ metric }) => metric)} fullSeconds={undefined} />
      <ErrorNote text={readings.error} retry={readings.reload} />
      {readings.value && <ReadingGroups readings={readings.value} isStale />}
      <div className="panels">
        <AlarmPanel card={card} alarms={alarms.value} error={alarms.error} retry={alarms.reload} />
        <IdentityPanel card={card} onChanged={nothing} />
      </div>
    </div>
  );
}
