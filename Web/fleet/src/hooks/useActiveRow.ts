import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from "react";
import { rowMove } from "../model/rowMove";

export interface ActiveRow {
  /** The item that the keys are at; it moves with its item when the order changes. */
  id: number | null;
  index: number;
  /** An element at the active row's place, which is scrolled to. */
  mark: RefObject<HTMLDivElement>;
  point: (index: number) => void;
  press: (event: KeyboardEvent) => void;
}

interface Keys { open: (id: number) => void; toggle?: (id: number) => void }

/** One tab stop for a grid of many rows: arrows move, Enter opens, space selects. */
export function useActiveRow(items: readonly { id: number }[], { open, toggle }: Keys): ActiveRow {
  const mark = useRef<HTMLDivElement>(null);
  const [id, setID] = useState<number | null>(null);
  const [moves, setMoves] = useState(0);
  const index = id === null ? -1 : items.findIndex((item) => item.id === id);
  useLayoutEffect(() => {
    if (moves > 0) mark.current?.scrollIntoView({ block: "nearest" });
  }, [moves]);
  const newest = useRef(items);
  newest.current = items;
  const point = useCallback((index: number) => setID(newest.current[index]?.id ?? null), []);

  const press = (event: KeyboardEvent) => {
    const isOnHead = event.target instanceof Element && event.target.closest("[role=columnheader]") !== null;
    if (isOnHead || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = rowMove(event.key, index, items.length);
    if (move !== null) {
      setID(items[move]?.id ?? null);
      setMoves((n) => n + 1);
    } else if (event.key === "Enter" && id !== null && index >= 0) open(id);
    else if (event.key === " " && id !== null && toggle) toggle(id);
    else return;
    event.preventDefault();
  };
  return { id, index, mark, point, press };
}
