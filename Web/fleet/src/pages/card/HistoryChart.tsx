import { useMemo, useState } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { Moment } from "../../components/Times";
import { quantity } from "../../model/format";
import { metricLabel, unitOf } from "../../model/readings";
import { bandRows, extent, isKnown, type Band, type Row, type Span } from "../../model/series";
import { Chart } from "./Chart";
import { useHistory, useTails } from "./historyData";

interface Props {
  id: number;
  metrics: readonly string[];
  span: Span;
  step: number;
  /** When the history ends, milliseconds since 1970; undefined: it goes on. */
  end?: number;
}

/** What one metric was: at the pointer, or over the whole span. */
function Line({ metric, index, rows, pointed, unit }: { metric: string; index: number; rows: readonly Row[]; pointed: Row | null; unit: string }) {
  const band = pointed?.[index + 1] as Band | undefined;
  const seen = extent(rows, index);
  const range = (min: number, max: number) => (min === max ? "" : ` (${quantity(min, unit)} to ${quantity(max, unit)})`);
  return (
    <li>
      <span className="swatch" data-series={index + 1} aria-hidden="true" />
      {metricLabel(metric)}: {pointed
        ? isKnown(band) ? <><strong>{quantity(band[1], unit)}</strong>{range(band[0], band[2])}</> : "no value"
        : seen ? <><strong>{quantity(seen.latest, unit)}</strong>{range(seen.min, seen.max)}</> : "no values"}
    </li>
  );
}

export function HistoryChart({ id, metrics, span, step, end }: Props) {
  const { value, error, isMissing, reload } = useHistory(id, metrics, span, step, end);
  const tails = useTails(id, metrics);
  const [pointed, setPointed] = useState<Row | null>(null);
  const unit = value?.[0]?.unit || unitOf(metrics[0] ?? "");
  const drawnStep = value?.[0]?.step ?? step;
  const rows = useMemo(
    () => bandRows(metrics.map((metric, index) => ({ points: value?.[index]?.points ?? [], tail: tails[metric] ?? [] })), drawnStep), [value, tails, drawnStep],
  );
  const now = end ?? Math.max(Date.now(), rows[rows.length - 1]?.[0].getTime() ?? 0);
  // Moves on in tenths of a step: a new end for each value would redraw for nothing.
  const to = Math.ceil(now / (step * 100)) * step * 100;
  const spoken = end === undefined ? span.spoken : `${span.spoken} before it was retired`;
  const words = metrics.map((metric, index) => {
    const seen = extent(rows, index);
    return seen ? `${metricLabel(metric)} ${quantity(seen.min, unit)} to ${quantity(seen.max, unit)}, last ${quantity(seen.latest, unit)}` : `${metricLabel(metric)} no values`;
  });
  return (
    <>
      <ErrorNote text={error} retry={reload} />
      <Chart
        names={metrics} rows={rows} unit={unit} from={to - span.seconds * 1000} to={to} description={`In the ${spoken}: ${words.join("; ")}`} onPoint={setPointed}
      />
      <div className="readout">
        <p className="quiet">{pointed ? <Moment at={pointed[0].getTime()} /> : value ? `In the ${spoken}, last value (lowest to highest)` : isMissing ? "The server has no history of this card." : error === null ? "Reading the history…" : ""}</p>
        <ul>{metrics.map((metric, index) => <Line key={metric} metric={metric} index={index} rows={rows} pointed={pointed} unit={unit} />)}</ul>
      </div>
    </>
  );
}
