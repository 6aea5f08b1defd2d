import { useCallback, useEffect, useState } from "react";
import { list, Problem, sentence } from "../api";
import { stream } from "../events";
import { Reader } from "../live/reader";

export interface Loaded<Value> {
  value: Value | undefined;
  error: string | null;
  /** The server does not know what was asked for: gone, or older than this page. Then `error` is null. */
  isMissing: boolean;
  /** Reads again, keeping what is shown until the answer is there; after the reading that is under way, if one is. */
  reload: () => void;
  /** Reads again unless a reading is under way: for what is repeated by the clock. */
  renew: () => void;
  /** Changes the value in place, for what an event tells. */
  update: (change: (value: Value) => Value) => void;
}

/** Reads something, again whenever `read` changes and whenever the stream opens. Memoise `read`. */
export function useRequest<Value>(read: (signal: AbortSignal) => Promise<Value>): Loaded<Value> {
  const [value, setValue] = useState<Value>();
  const [error, setError] = useState<string | null>(null);
  const [isMissing, setMissing] = useState(false);
  const [reader] = useState(() => new Reader());

  useEffect(() => {
    reader.begin(async (signal) => {
      try {
        const answer = await read(signal);
        if (signal.aborted) return;
        setValue(() => answer);
        setError(null);
        setMissing(false);
      } catch (problem) {
        if (signal.aborted) return;
        const isUnknown = problem instanceof Problem && problem.status === 404;
        setMissing(isUnknown);
        setError(isUnknown ? null : sentence(problem));
      }
    });
    return () => reader.end();
  }, [read, reader]);

  const { reload, renew } = reader;
  useEffect(() => stream.onOpened(reload), [reload]);
  const update = useCallback((change: (value: Value) => Value) => {
    setValue((known) => (known === undefined ? known : change(known)));
  }, []);
  return { value, error, isMissing, reload, renew, update };
}

/** A whole list, in the pages of the server. */
export function useList<Item>(path: string): Loaded<Item[]> {
  return useRequest(useCallback((signal: AbortSignal) => list<Item>(path, signal), [path]));
}

/** Does something every so often while the component is there and the page is seen; null: nothing, as with a server that is older. */
export function useRepeat(work: (() => void) | null, milliseconds: number): void {
  useEffect(() => {
    if (work === null) return;
    const timer = setInterval(() => stream.isAwake && work(), milliseconds);
    return () => clearInterval(timer);
  }, [work, milliseconds]);
}
