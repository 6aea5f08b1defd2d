import { useEffect, useRef, useSyncExternalStore } from "react";
import { stream, type LinkState } from "../events";
import type { StreamEventName, StreamEvents } from "../types";

/** Hands batches of one kind of event to the newest `handler` while the component is there. */
export function useStream<Name extends StreamEventName>(name: Name, handler: (batch: StreamEvents[Name][]) => void): void {
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => stream.subscribe(name, (batch) => newest.current(batch)), [name]);
}

export function useLink(): LinkState {
  return useSyncExternalStore(stream.watch, () => stream.state);
}
