import { useEffect, useRef, useSyncExternalStore } from "react";
import { stream, type LinkState } from "../events";
import { useTimeText } from "../live/clock";
import type { StreamEventName, StreamEvents } from "../types";

/** Hands batches of one kind of event to the newest `handler` while the component is there. */
export function useStream<Name extends StreamEventName>(name: Name, handler: (batch: StreamEvents[Name][]) => void): void {
  const newest = useRef(handler);
  useEffect(() => {
    newest.current = handler;
  });
  useEffect(() => stream.subscribe(name, (batch) => newest.current(batch)), [name]);
}

/** Has the values of a card told while the component is there. */
export function useFollowed(card: number): void {
  useEffect(() => stream.follow(card), [card]);
}

export function useLink(): LinkState {
  return useSyncExternalStore(stream.watch, () => stream.state);
}

/** Beyond this the page has missed too much to be taken for the present. */
const longestGap = 15_000;

/** Whether what the page shows is of the past, since it has lost the server. */
export function useIsStale(): boolean {
  const { phase, since } = useLink();
  return useTimeText((now) => (phase === "reconnecting" && now - since > longestGap ? "stale" : "")) !== "";
}
