import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { PageHead } from "../../components/PageHead";
import { isFresh } from "../../components/StatusBadge";
import { useIsStale } from "../../hooks/useStream";
import { fleet } from "../../live/feed";
import type { Card } from "../../types";
import { AlarmPanel } from "./AlarmPanel";
import { useAlarms, useHealth, useKnownCard, useReadings } from "./cardData";
import { CardEventPanel } from "./CardEventPanel";
import { CardGatewayPanel } from "./CardGatewayPanel";
import { CardHeader } from "./CardHeader";
import { HealthPanel } from "./HealthPanel";
import { HistoryPanel } from "./HistoryPanel";
import { IdentityPanel } from "./IdentityPanel";
import { KeyFigures } from "./KeyFigures";
import { ReadingGroups } from "./ReadingGroups";
import { RetiredCard } from "./RetiredCard";

export function CardPage({ id }: { id: number }) {
  const { card, error } = useKnownCard(id);
  if (card) return card.retiredAt ? <RetiredCard card={card} /> : <WatchedCard card={card} />;
  return (
    <div className="page">
      <PageHead title="Card" />
      {error === null ? <Empty title="Reading the card…" /> : <ErrorNote text={error} />}
      <p><a href="#/cards">All cards</a></p>
    </div>
  );
}

function WatchedCard({ card }: { card: Card }) {
  const readings = useReadings(card.id);
  const alarms = useAlarms(card.id);
  const health = useHealth(card.id);
  const isPageStale = useIsStale();
  const active = (alarms.value ?? []).filter((alarm) => !alarm.clearedAt);
  const isStale = isPageStale || !isFresh(card.status);
  return (
    <div className="page page-card">
      <CardHeader card={card} />
      <div className="card-top">
        <KeyFigures card={card} values={readings.value?.values ?? card.summary} alarms={active} isStale={isStale} />
        <AlarmPanel card={card} alarms={alarms.value} error={alarms.error} retry={alarms.reload} />
      </div>
      <HistoryPanel card={card} known={Object.keys(readings.value?.values ?? {})} fullSeconds={health.value?.polling?.fullSeconds} />
      <ErrorNote text={readings.error} retry={readings.reload} />
      {readings.value && <ReadingGroups readings={readings.value} isStale={isStale} />}
      <CardEventPanel card={card.id} />
      <div className="panels">
        <HealthPanel card={card} loaded={health} onChanged={(changed) => {
          fleet.put(changed);
          health.reload();
        }} />
        <IdentityPanel card={card} onChanged={(changed) => fleet.put(changed)} />
        <CardGatewayPanel card={card} onChanged={(changed) => fleet.put(changed)} />
      </div>
    </div>
  );
}
