import { useCallback, useEffect, useState } from "react";
import { list, Problem, sentence } from "../api";
import { stream } from "../events";

export interface Loaded<Value> {
  value: Value | undefined;
  error: string | null;
  /** The server does not know what was asked for: gone, or older than this page. Then `error` is null. */
  isMissing: boolean;
  /** Reads again, keeping what is shown until the answer is there. */
  reload: () => void;
  /** Changes the value in place, for what an event tells. */
  update: (change: (value: Value) => Value) => void;
}

/** Reads something, again whenever `read` changes and whenever the stream comes back after a loss. Memoise `read`. */
export function useRequest<Value>(read: (signal: AbortSignal) => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [error, setError] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        setValue(() => answer);
        setError(null);
        setMissing(false);
      },
      (problem) => {
        if (controller.signal.aborted) return;
        const isUnknown = problem instanceof Problem && problem.status === 404;
        setMissing(isUnknown);
        setError(isUnknown ? null : sentence(problem));
      },
    );
    return () => controller.abort();
  }, [read, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => stream.onResumed(reload), [reload]);
  const update = useCallback((change: (value: Value) => Value) => {
    setValue((known) => (known === undefined ? known : change(known)));
  }, []);
  return { value, error, isMissing, reload, update };
}

/** A whole list, in the pages of the server. */
export function useList<Item>(path: string): Loaded<Item[]> {
  return useRequest(useCallback((signal: AbortSignal) => list<Item>(path, signal), [path]));
}

/** Reads again every so often while the component is there. */
export function useRepeat(reload: () => void, milliseconds: number): void {
  useEffect(() => {
    const timer = setInterval(reload, milliseconds);
    return () => clearInterval(timer);
  }, [reload, milliseconds]);
}
