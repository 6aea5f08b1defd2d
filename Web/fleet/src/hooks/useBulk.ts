import { useCallback, useEffect, useRef, useState } from "react";
import type { BulkProgress } from "../live/bulk";

export interface Bulk {
  progress: BulkProgress | null;
  isRunning: boolean;
  /** Starts the work; the result, or null if it was ended before it was through. */
  run: (total: number, work: (progress: (progress: BulkProgress) => void, signal: AbortSignal) => Promise<BulkProgress>) => Promise<BulkProgress | null>;
  /** Ends the work after what is under way. */
  stop: () => void;
}

/** The state of a work on many things; it ends with the component. */
export function useBulk(): Bulk {
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const [isRunning, setRunning] = useState(false);
  const controller = useRef<AbortController | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  const run = useCallback<Bulk["run"]>(async (total, work) => {
    const { signal } = (controller.current = new AbortController());
    setRunning(true);
    setProgress({ done: 0, total, failures: [] });
    const result = await work(setProgress, signal);
    setRunning(false);
    setProgress(result);
    return signal.aborted ? null : result;
  }, []);
  const stop = useCallback(() => controller.current?.abort(), []);
  return { progress, isRunning, run, stop };
}
