import Dygraph from "dygraphs";
import { useEffect, useRef } from "react";
import { useMedia } from "../../hooks/useMedia";
import { useSignal } from "../../live/signal";
import { theme } from "../../live/theme";
import { extent, mostSeries, type Row } from "../../model/series";

// Its legend writes style attributes, which our content security policy forbids; the page has a read-out of its own.
Dygraph.PLUGINS = Dygraph.PLUGINS.filter((plugin) => plugin !== Dygraph.Plugins.Legend);

interface Props { names: readonly string[]; rows: readonly Row[]; unit: string; from: number; to: number; description: string; onPoint: (row: Row | null) => void }

/** dygraphs refuses an empty table; a row without values draws nothing. */
function table(rows: readonly Row[], series: number, from: number): unknown[] {
  return rows.length > 0 ? [...rows] : [[new Date(from), ...Array.from({ length: series }, () => [null, null, null])]];
}

/** Percentages from 0 to 100 at least, so that two charts compare; anything else as high as it goes. */
function ordinates(rows: readonly Row[], series: number, unit: string): [number, number] | null {
  if (unit !== "%") return null;
  const highest = Array.from({ length: series }, (_, index) => extent(rows, index)?.max ?? 0);
  return [0, Math.max(105, ...highest.map((value) => value * 1.05))];
}

/** The colours that the style sheet gives the chart and its swatches: the canvas can't read custom properties. */
function inks(element: HTMLElement): { lines: string[]; grid: string } {
  const swatches = [...element.querySelectorAll<HTMLElement>(".swatch")];
  return { lines: swatches.map((swatch) => getComputedStyle(swatch).color), grid: getComputedStyle(element).borderTopColor };
}

function ordinate(unit: string): (value: number | Date) => string {
  if (unit === "s") return (value) => `${Math.round(Number(value) / 60)} min`;
  return (value) => `${Number(Number(value).toFixed(2))} ${unit}`.trim();
}

/** Lines with their min–max bands; broken where data is missing. Make a new one for other metrics. */
export function Chart({ names, rows, unit, from, to, description, onPoint }: Props) {
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const chart = useRef<Dygraph | null>(null);
  const newest = useRef({ rows, from, onPoint });
  newest.current = { rows, from, onPoint };
  const colours = useSignal(theme);
  const isDark = useMedia("(prefers-color-scheme: dark)");

  useEffect(() => {
    if (!canvas.current) return;
    const made = new Dygraph(canvas.current, table(newest.current.rows, names.length, newest.current.from), {
      labels: ["Time", ...names], customBars: true, connectSeparatedPoints: true, fillAlpha: 0.18, strokeWidth: 1.75, yRangePad: 12, highlightCircleSize: 4,
      interactionModel: {}, drawIsolatedPoints: true, axes: { y: { axisLabelWidth: 64 } },
      highlightCallback: (_event, _x, _points, row) => newest.current.onPoint(newest.current.rows[row] ?? null),
      unhighlightCallback: () => newest.current.onPoint(null),
    });
    chart.current = made;
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(canvas.current);
    return () => {
      observer.disconnect();
      chart.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (!element.current) return;
    const { lines, grid } = inks(element.current);
    chart.current?.updateOptions({
      file: table(rows, names.length, from), dateWindow: [from, to], valueRange: ordinates(rows, names.length, unit), colors: lines.slice(0, names.length),
      gridLineColor: grid, axisLineColor: grid, axes: { y: { axisLabelFormatter: ordinate(unit) } },
    });
  }, [rows, unit, from, to, colours, isDark]);

  return (
    <div ref={element} className="chart" role="img" aria-label={description}>
      <div ref={canvas} className="chart-canvas" />
      {Array.from({ length: mostSeries }, (_, index) => <span key={index} className="swatch" data-series={index + 1} hidden />)}
    </div>
  );
}
