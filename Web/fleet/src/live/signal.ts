/** A value that components watch. */
import { useSyncExternalStore } from "react";

export class Signal<Value> {
  private readonly watchers = new Set<() => void>();
  constructor(private current: Value) {}

  read = (): Value => this.current;

  write(value: Value): void {
    if (Object.is(value, this.current)) return;
    this.current = value;
    for (const watcher of this.watchers) watcher();
  }

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };
}

export function useSignal<Value>(signal: Signal<Value>): Value {
  return useSyncExternalStore(signal.watch, signal.read);
}
