/** The present moment for everything that says "ago": one timer for the page. */
import { useSyncExternalStore } from "react";

const watchers = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of watchers) each();
  }, 1_000);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** A text made from the present moment; the component renders again only when the text changes. */
export function useTimeText(text: (now: number) => string): string {
  return useSyncExternalStore(watch, () => text(now));
}
