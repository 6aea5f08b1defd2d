import { useMemo, useState } from "react";
import { download } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Icon } from "../../components/Icon";
import { useAction } from "../../hooks/useAction";
import { unitOf } from "../../model/readings";
import { chosenMetrics, spans, stepOf, type Span } from "../../model/series";
import type { Card } from "../../types";
import { HistoryChart } from "./HistoryChart";
import { historyPath } from "./historyData";
import { MetricMenu } from "./MetricMenu";

const favourites = ["ups.load", "battery.charge", "battery.runtime"];

interface Props {
  card: Card;
  /** The metrics that the card is known to have. */
  known: readonly string[];
  /** How often the card is read whole, where that is known. */
  fullSeconds: number | undefined;
}

/** The card's metrics, the usual ones first. */
function useMetrics(card: Card, known: readonly string[]): string[] {
  return useMemo(() => {
    const all = [...new Set([...Object.keys(card.summary), ...known])];
    const first = favourites.filter((metric) => all.includes(metric));
    return [...first, ...all.filter((metric) => !first.includes(metric)).sort()];
  }, [[...known].sort().join(), card.id]);
}

/** A card is replaced some days after it fell silent: a shorter span would show nothing of it. */
const spanOfRetired = spans.find((span) => span.label === "30 d");

/** Up to six metrics of one unit over time: until now, of a retired card until it was retired. */
export function HistoryPanel({ card, known, fullSeconds }: Props) {
  const metrics = useMetrics(card, known);
  const end = card.retiredAt ? Date.parse(card.retiredAt) : undefined;
  const [wanted, setWanted] = useState<readonly string[]>([]);
  const [span, setSpan] = useState<Span>((card.retiredAt && spanOfRetired) || (spans[0] as Span));
  const saving = useAction();
  const chosen = wanted.length > 0 ? wanted : metrics.slice(0, 1);
  if (chosen.length === 0) return null;
  const step = stepOf(span, fullSeconds);
  const save = () => saving.run(() => download(historyPath(card.id, chosen, span, step, end ?? Date.now(), "csv"), `${card.name} ${span.label}.csv`, "text/csv"));
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
      <HistoryChart key={`${chosen.join()} ${span.label} ${step}`} id={card.id} metrics={chosen} span={span} step={step} end={end} />
    </section>
  );
}
