import { useCallback, useEffect, useState } from "react";
import { sentence } from "../api";
import { stream } from "../events";

export interface Loaded<Value> {
  value: Value | undefined;
  error: string | null;
  /** Reads again, keeping what is shown until the answer is there. */
  reload: () => void;
  /** Changes the value in place, for what an event tells. */
  update: (change: (value: Value) => Value) => void;
}

/** Reads something, again whenever `read` changes and whenever the stream comes back after a loss. Memoise `read`. */
export function useRequest<Value>(read: (signal: AbortSignal) => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [error, setError] = useState<string | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    const controller = new AbortController();
    read(controller.signal).then(
      (answer) => {
        if (controller.signal.aborted) return;
        setValue(() => answer);
        setError(null);
      },
      (problem) => !controller.signal.aborted && setError(sentence(problem)),
    );
    return () => controller.abort();
  }, [read, round]);

  const reload = useCallback(() => setRound((n) => n + 1), []);
  useEffect(() => stream.onResumed(reload), [reload]);
  const update = useCallback((change: (value: Value) => Value) => {
    setValue((known) => (known === undefined ? known : change(known)));
  }, []);
  return { value, error, reload, update };
}
