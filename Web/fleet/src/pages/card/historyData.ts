/** A card's history of several metrics, and the live values after it. */
import { useCallback, useState } from "react";
import { api, longPatience } from "../../api";
import { useRepeat, useRequest } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import type { Span, TailPoint } from "../../model/series";
import type { History } from "../../types";

const refresh = 300_000;

export function historyPath(id: number, metrics: readonly string[], span: Span, step: number, to: number, format?: "csv"): string {
  const query = new URLSearchParams({
    metric: metrics.join(), from: new Date(to - span.seconds * 1000).toISOString(), to: new Date(to).toISOString(), step: `${step}`,
  });
  if (format) query.set("format", format);
  return `/cards/${id}/history?${query}`;
}

/** One request for each metric: every version of the server answers that. */
export function useHistory(id: number, metrics: readonly string[], span: Span, step: number, end: number | undefined) {
  const wanted = metrics.join();
  const read = useCallback((signal: AbortSignal) => {
    const to = end ?? Date.now();
    return Promise.all(wanted.split(",").map((metric) => api.read<History>(historyPath(id, [metric], span, step, to), signal, longPatience)));
  }, [id, wanted, span, step, end]);
  const loaded = useRequest(read);
  useRepeat(loaded.renew, refresh);
  return loaded;
}

/** Values that came after the history was read, by metric: at most those of two refresh intervals. */
export function useTails(id: number, metrics: readonly string[]): Readonly<Record<string, readonly TailPoint[]>> {
  const [tails, setTails] = useState<Record<string, TailPoint[]>>({});
  useStream("readings", (batch) => {
    for (const event of batch) {
      const { values } = event;
      if (event.card !== id || !values) continue;
      const at = Date.parse(event.at);
      setTails((known) => Object.fromEntries(metrics.map((metric) => {
        const value = values[metric];
        const kept = (known[metric] ?? []).filter((point) => point.at > at - 2 * refresh);
        return [metric, value === undefined ? kept : [...kept, { at, value }]];
      })));
    }
  });
  return tails;
}
