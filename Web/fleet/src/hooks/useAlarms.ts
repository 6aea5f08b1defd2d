import { useEffect, useMemo, useState } from "react";
import { alarmBook, alarmSummary, followAlarms } from "../live/alarms";
import { fleet } from "../live/feed";
import { useSignal } from "../live/signal";
import { filterAlarms, type AlarmFilter, type FilteredAlarms } from "../model/alarmFilter";
import { sortAlarms } from "../model/alarmSort";
import type { AlarmSummary } from "../types/alarms";
import { useIsStale } from "./useStream";

/** How many alarms there are; null where that is not known now. */
export function useAlarmSummary(): AlarmSummary | null {
  const summary = useSignal(alarmSummary);
  const isStale = useIsStale();
  return isStale ? null : summary ?? null;
}

/** The book's version, at most every `pause` milliseconds; and at least every few seconds, since shelves end by the clock. */
function useBookVersion(pause = 100): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const update = () => {
      timer = undefined;
      last = performance.now();
      setVersion((n) => n + 1);
    };
    // A single alarm is shown at once; only in a storm does one wait for others.
    const changed = () => {
      timer ??= setTimeout(update, Math.max(0, pause - (performance.now() - last)));
    };
    const stop = alarmBook.subscribe(changed);
    const repeated = setInterval(changed, 5_000);
    const leave = followAlarms();
    return () => {
      leave();
      stop();
      clearTimeout(timer);
      clearInterval(repeated);
    };
  }, [pause]);
  return version;
}

export interface AlarmsView extends FilteredAlarms { isComplete: boolean }

/** The alarms that stand and that the filter lets through, kept current while the component is there. */
export function useStandingAlarms(filter: AlarmFilter): AlarmsView {
  const version = useBookVersion();
  // Compared by what it holds: the address bar makes new objects for the same state.
  const wanted = JSON.stringify(filter);
  return useMemo(() => {
    const filtered = filterAlarms(alarmBook.all(), filter, (card) => fleet.card(card)?.tags ?? [], Date.now());
    return { ...filtered, alarms: sortAlarms(filtered.alarms, filter.sort), isComplete: alarmBook.isComplete };
  }, [version, wanted]);
}
