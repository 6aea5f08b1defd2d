import { useCallback, useEffect, useMemo, useState } from "react";
import { api } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Choice } from "../../components/Field";
import { Moment } from "../../components/Times";
import { useRequest } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { quantity } from "../../model/format";
import { metricLabel, unitOf } from "../../model/readings";
import { bandRows, extent, spans, type Row, type Span, type TailPoint } from "../../model/series";
import type { Card, History, Values } from "../../types";
import { Chart } from "./Chart";

const favourites = ["ups.load", "battery.charge", "battery.runtime"];
const refresh = 300_000;

interface Drawn { history: History; from: number }

function useHistory(id: number, metric: string, span: Span) {
  const read = useCallback(async (signal: AbortSignal): Promise<Drawn> => {
    const to = Date.now();
    const from = to - span.seconds * 1000;
    const query = new URLSearchParams({ metric, from: new Date(from).toISOString(), to: new Date(to).toISOString(), step: `${span.step}` });
    return { history: await api.read<History>(`/cards/${id}/history?${query}`, signal), from };
  }, [id, metric, span]);
  const loaded = useRequest(read);
  const { reload } = loaded;
  useEffect(() => {
    const timer = setInterval(reload, refresh);
    return () => clearInterval(timer);
  }, [reload]);
  return loaded;
}

/** Values that came after the history was read: at most those of two refresh intervals. */
function useTail(id: number, metric: string): TailPoint[] {
  const [tail, setTail] = useState<{ metric: string; points: TailPoint[] }>({ metric, points: [] });
  useStream("readings", (batch) => {
    for (const event of batch) {
      const value = event.values[metric];
      if (event.card !== id || value === undefined) continue;
      const at = Date.parse(event.at);
      setTail((known) => ({
        metric, points: [...(known.metric === metric ? known.points : []).filter((point) => point.at > at - 2 * refresh), { at, value }],
      }));
    }
  });
  return tail.metric === metric ? tail.points : [];
}

function Readout({ row, unit }: { row: Row | null; unit: string }) {
  if (row === null) return null;
  const [time, [min, avg, max]] = row;
  if (min === null || avg === null || max === null) return null;
  return (
    <span>
      <Moment at={time.getTime()} />: <strong>{quantity(avg, unit)}</strong>
      {min !== max && ` (${quantity(min, unit)} to ${quantity(max, unit)})`}
    </span>
  );
}

export function HistoryPanel({ card, values }: { card: Card; values: Values }) {
  const metrics = useMemo(() => {
    const known = Object.keys({ ...card.summary, ...values });
    const first = favourites.filter((metric) => known.includes(metric));
    return [...first, ...known.filter((metric) => !first.includes(metric)).sort()];
  }, [Object.keys(values).sort().join(), card.id]);
  const [wanted, setMetric] = useState<string | null>(null);
  const [span, setSpan] = useState<Span>(spans[0] as Span);
  const metric = wanted ?? metrics[0];
  if (metric === undefined) return null;
  return (
    <section className="panel history" aria-labelledby="history-title">
      <div className="section-head">
        <h2 id="history-title">History</h2>
        <div className="history-controls">
          <Choice label="Metric" value={metric} onChange={setMetric} options={metrics.map((name) => [name, metricLabel(name)])} />
          <div className="segments" role="group" aria-label="Time span">
            {spans.map((each) => <button key={each.label} type="button" aria-pressed={each === span} onClick={() => setSpan(each)}>{each.label}</button>)}
          </div>
        </div>
      </div>
      <HistoryChart key={`${metric} ${span.label}`} id={card.id} metric={metric} span={span} />
    </section>
  );
}

function HistoryChart({ id, metric, span }: { id: number; metric: string; span: Span }) {
  const { value, error, reload } = useHistory(id, metric, span);
  const tail = useTail(id, metric);
  const [pointed, setPointed] = useState<Row | null>(null);
  const unit = value?.history.unit || unitOf(metric);
  const rows = useMemo(() => bandRows(value?.history.points ?? [], tail, value?.history.step ?? span.step), [value, tail, span]);
  const seen = extent(rows);
  const now = Math.max(Date.now(), rows[rows.length - 1]?.[0].getTime() ?? 0);
  // Moves on in tenths of a step: a new end for each value would redraw for nothing.
  const to = Math.ceil(now / (span.step * 100)) * span.step * 100;
  const summary = seen
    ? `${metricLabel(metric)}, ${span.spoken}: ${quantity(seen.min, unit)} to ${quantity(seen.max, unit)}, last ${quantity(seen.latest, unit)}`
    : `${metricLabel(metric)}: no values in the ${span.spoken}`;
  return (
    <>
      <ErrorNote text={error} retry={reload} />
      <Chart rows={rows} unit={unit} from={to - span.seconds * 1000} to={to} description={summary} onPoint={setPointed} />
      <p className="readout">{pointed ? <Readout row={pointed} unit={unit} /> : value ? summary : "Reading the history…"}</p>
    </>
  );
}
