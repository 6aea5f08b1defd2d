import Dygraph from "dygraphs";
import { useEffect, useRef } from "react";
import { useSignal } from "../../live/signal";
import { theme } from "../../live/theme";
import { useMedia } from "../../hooks/useMedia";
import { extent, type Row } from "../../model/series";

// Its legend writes style attributes, which our content security policy forbids; the page has a read-out of its own.
Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);

/** dygraphs refuses an empty table; a row without values draws nothing. */
function table(rows: readonly Row[], from: number): Row[] {
  return rows.length > 0 ? [...rows] : [[new Date(from), [null, null, null]]];
}

/** Percentages from 0 to 100 at least, so that two charts compare; anything else as high as it goes. */
function ordinates(rows: readonly Row[], unit: string): [number, number] | null {
  return unit === "%" ? [0, Math.max(105, (extent(rows)?.max ?? 0) * 1.05)] : null;
}

interface Props { rows: readonly Row[]; unit: string; from: number; to: number; description: string; onPoint: (row: Row | null) => void }

/** The colours that the style sheet gives the chart: the canvas can't read custom properties. */
function inks(element: HTMLElement): { line: string; grid: string } {
  const style = getComputedStyle(element);
  return { line: style.color, grid: style.borderTopColor };
}

function ordinate(unit: string): (value: number | Date) => string {
  if (unit === "s") return (value) => `${Math.round(Number(value) / 60)} min`;
  return (value) => `${Number(Number(value).toFixed(2))} ${unit}`.trim();
}

/** A line with its min–max band; breaks where data is missing. */
export function Chart({ rows, unit, from, to, description, onPoint }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const chart = useRef<Dygraph | null>(null);
  const newest = useRef({ rows, from, onPoint });
  newest.current = { rows, from, onPoint };
  const colours = useSignal(theme);
  const isDark = useMedia("(prefers-color-scheme: dark)");

  useEffect(() => {
    if (!element.current) return;
    const made = new Dygraph(element.current, table(newest.current.rows, newest.current.from), {
      labels: ["Time", "Value"], customBars: true, fillAlpha: 0.22, strokeWidth: 1.75, yRangePad: 12, highlightCircleSize: 4, interactionModel: {},
      drawIsolatedPoints: true, axes: { y: { axisLabelWidth: 64 } },
      highlightCallback: (_event, _x, _points, row) => newest.current.onPoint(newest.current.rows[row] ?? null),
      unhighlightCallback: () => newest.current.onPoint(null),
    });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element.current);
    return () => {
      observer.disconnect();
      chart.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (!element.current) return;
    const { line, grid } = inks(element.current);
    chart.current?.updateOptions({
      file: table(rows, from), dateWindow: [from, to], valueRange: ordinates(rows, unit), colors: [line], gridLineColor: grid,
      axisLineColor: grid, axes: { y: { axisLabelFormatter: ordinate(unit) } },
    });
  }, [rows, unit, from, to, colours, isDark]);

  return <div ref={element} className="chart" role="img" aria-label={description} />;
}
