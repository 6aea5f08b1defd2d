/** How the server itself does; asked now and then while somebody is signed in. Undefined until known, null where the server does not tell. */
import { api, Problem } from "../api";
import { stream } from "../events";
import type { StreamEvents } from "../types";
import type { System } from "../types/system";
import { Signal } from "./signal";

export const system = new Signal<System | null | undefined>(undefined);

const interval = 20_000;
let stops: (() => void)[] = [];

async function ask(): Promise<void> {
  try {
    system.write(await api.read<System>("/system"));
  } catch (error) {
    if (error instanceof Problem && error.status === 404) system.write(null);
  }
}

/** An event tells at once when the store fails, and when it is well again. */
function hear(events: readonly StreamEvents["storage"][]): void {
  const last = events[events.length - 1];
  const known = system.read();
  if (!last || !known) return void ask();
  const { state, problem, since } = last;
  system.write({ ...known, storage: { ...known.storage, state, problem, since } });
}

export function startSystem(): void {
  stopSystem();
  const timer = setInterval(() => stream.isAwake && void ask(), interval);
  stops = [stream.subscribe("storage", hear), stream.onOpened(() => void ask()), () => clearInterval(timer)];
  void ask();
}

export function stopSystem(): void {
  for (const stop of stops) stop();
  stops = [];
  system.write(undefined);
}
