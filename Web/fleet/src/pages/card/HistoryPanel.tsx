import { useMemo, useState } from "react";
import { download } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Icon } from "../../components/Icon";
import { useAction } from "../../hooks/useAction";
import { unitOf } from "../../model/readings";
import { chosenMetrics, spans, stepOf, type Span } from "../../model/series";
import type { Card, Values } from "../../types";
import { HistoryChart } from "./HistoryChart";
import { historyPath } from "./historyData";
import { MetricMenu } from "./MetricMenu";

const favourites = ["ups.load", "battery.charge", "battery.runtime"];

interface Props {
  card: Card;
  values: Values;
  /** How often the card is read whole, where that is known. */
  fullSeconds: number | undefined;
}

/** The card's metrics, the usual ones first. */
function useMetrics(card: Card, values: Values): string[] {
  return useMemo(() => {
    const known = Object.keys({ ...card.summary, ...values });
    const first = favourites.filter((metric) => known.includes(metric));
    return [...first, ...known.filter((metric) => !first.includes(metric)).sort()];
  }, [Object.keys(values).sort().join(), card.id]);
}

/** Up to six metrics of one unit over time. */
export function HistoryPanel({ card, values, fullSeconds }: Props) {
  const metrics = useMetrics(card, values);
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const [span, setSpan] = useState<Span>(spans[0] as Span);
  const saving = useAction();
  const chosen = wanted.length > 0 ? wanted : metrics.slice(0, 1);
  if (chosen.length === 0) return null;
  const step = stepOf(span, fullSeconds);
  const save = () => saving.run(() => download(historyPath(card.id, chosen, span, step, Date.now(), "csv"), `${card.name} ${span.label}.csv`, "text/csv"));
  return (
    <section className="panel history" aria-labelledby="history-title">
      <div className="section-head">
        <h2 id="history-title">History</h2>
        <div className="history-controls">
          <MetricMenu metrics={metrics} chosen={chosen} onToggle={(metric) => setWanted(chosenMetrics(chosen, metric, unitOf))} />
          <div className="segments" role="group" aria-label="Time span">
            {spans.map((each) => <button key={each.label} type="button" aria-pressed={each === span} onClick={() => setSpan(each)}>{each.label}</button>)}
          </div>
          <button type="button" className="button button-small" disabled={saving.isBusy} onClick={() => void save()}><Icon name="download" />CSV</button>
        </div>
      </div>
      <ErrorNote text={saving.error} />
      <HistoryChart key={`${chosen.join()} ${span.label} ${step}`} id={card.id} metrics={chosen} span={span} step={step} />
    </section>
  );
}
