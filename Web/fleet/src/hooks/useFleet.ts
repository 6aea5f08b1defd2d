import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { fleet } from "../live/feed";
import { groupList } from "../live/groups";
import { useSignal } from "../live/signal";
import { facetsOf, type Facets } from "../model/facets";
import { filterCards, type CardFilter } from "../model/filter";
import { sortCards, type Sort } from "../model/sort";
import type { Card, Status } from "../types";

/** One card, rendered again whenever it changes. */
export function useCard(id: number): Card | undefined {
  return useSyncExternalStore(fleet.subscribe, () => fleet.card(id));
}

/** The fleet's version, at most every `pause` milliseconds: rows are current each frame, their order need not be. */
export function useFleetVersion(pause = 400): number {
  const [version, setVersion] = useState(fleet.version);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    let shown = 0;
    const update = () => {
      timer = undefined;
      last = performance.now();
      shown = fleet.size;
      setVersion(fleet.version);
    };
    const changed = () => {
      // The first cards are not kept waiting.
      const wait = shown === 0 ? 0 : pause - (performance.now() - last);
      timer ??= setTimeout(update, Math.max(0, wait));
    };
    changed();
    const stop = fleet.subscribe(changed);
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [pause]);
  return version;
}

export interface FleetView {
  cards: Card[];
  /** Of each status among the cards that the text lets through. */
  counts: Partial<Record<Status, number>>;
  /** Of all cards, whatever the filter. */
  total: number;
  isComplete: boolean;
}

export function useFleetView(filter: CardFilter, sort: Sort): FleetView {
  const version = useFleetVersion();
  const groups = useSignal(groupList);
  // Compared by what it holds: the address bar makes new objects for the same state.
  const wanted = JSON.stringify(filter);
  return useMemo(() => {
    const filtered = filterCards(fleet.all(), filter, groups ?? []);
    return { ...filtered, cards: sortCards(filtered.cards, sort), isComplete: fleet.isComplete };
  }, [version, wanted, groups, sort.key, sort.descending]);
}

/** The sites, tags, kinds and generations that there are in the whole fleet. */
export function useFacets(): Facets {
  const version = useFleetVersion(2_000);
  return useMemo(() => facetsOf(fleet.all()), [version]);
}
