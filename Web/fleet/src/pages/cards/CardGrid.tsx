import { useCallback, useLayoutEffect, useRef, useState } from "react";
import { narrow, useMedia } from "../../hooks/useMedia";
import { useVirtualRows } from "../../hooks/useVirtualRows";
import { go } from "../../live/route";
import { selection, toggleSelected } from "../../live/selection";
import { useSignal } from "../../live/signal";
import type { Sort, SortKey } from "../../model/sort";
import type { Card } from "../../types";
import { CardGridHead } from "./CardGridHead";
import { CardRow } from "./CardRow";
import { columns } from "./columns";
import { rowMove } from "./rowMove";

interface Props { cards: readonly Card[]; sort: Sort; onSort: (key: SortKey) => void; canSelect: boolean }

/** The list: only the rows near the window exist. One tab stop; arrows move, Enter opens, space selects. */
export function CardGrid({ cards, sort, onSort, canSelect }: Props) {
  const rowHeight = useMedia(narrow) ? 104 : 40;
  const body = useRef<HTMLDivElement>(null);
  const mark = useRef<HTMLDivElement>(null);
  const { first, last } = useVirtualRows(body, cards.length, rowHeight);
  const selected = useSignal(selection);
  // The active row is a card, not a place: it moves with its card when the order changes.
  const [active, setActive] = useState<number | null>(null);
  const [moves, setMoves] = useState(0);
  const activeIndex = active === null ? -1 : cards.findIndex((card) => card.id === active);
  const shown = cards.slice(first, last);
  const chosenCount = cards.reduce((sum, card) => sum + (selected.has(card.id) ? 1 : 0), 0);
  const chosen = chosenCount === 0 ? "none" : chosenCount === cards.length ? "all" : "some";

  useLayoutEffect(() => {
    if (moves > 0) mark.current?.scrollIntoView({ block: "nearest" });
  }, [moves]);

  const chooseAll = () => {
    const next = new Set(selected);
    for (const card of cards) chosen === "all" ? next.delete(card.id) : next.add(card.id);
    selection.write(next);
  };
  const newest = useRef(cards);
  newest.current = cards;
  const point = useCallback((index: number) => setActive(newest.current[index]?.id ?? null), []);

  const press = (event: React.KeyboardEvent) => {
    const isOnHead = event.target instanceof Element && event.target.closest("[role=columnheader]") !== null;
    if (isOnHead || event.ctrlKey || event.altKey || event.metaKey) return;
    const move = rowMove(event.key, activeIndex, cards.length);
    if (move !== null) {
      setActive(cards[move]?.id ?? null);
      setMoves((n) => n + 1);
    } else if (event.key === "Enter" && activeIndex >= 0) go(`cards/${active}`);
    else if (event.key === " " && active !== null && canSelect) toggleSelected(active);
    else return;
    event.preventDefault();
  };

  return (
    <div
      className="card-grid" role="grid" aria-label="Cards" aria-multiselectable={canSelect} tabIndex={0} aria-rowcount={cards.length + 1}
      aria-colcount={columns.length + 1} onKeyDown={press}
      aria-activedescendant={activeIndex >= first && activeIndex < last ? `card-row-${active}` : undefined}
    >
      <CardGridHead sort={sort} onSort={onSort} chosen={chosen} canSelect={canSelect} onChooseAll={chooseAll} />
      <div ref={body} role="rowgroup" className="card-grid-body" style={{ height: `${cards.length * rowHeight}px` }}>
        <div
          ref={mark} role="presentation" className="card-grid-mark"
          style={{ transform: `translateY(${Math.max(0, activeIndex) * rowHeight}px)`, height: `${rowHeight}px` }}
        />
        {shown.map((card, offset) => (
          <CardRow
            key={card.id} id={card.id} index={first + offset} top={(first + offset) * rowHeight} isActive={card.id === active}
            isSelected={selected.has(card.id)} canSelect={canSelect} onPoint={point}
          />
        ))}
      </div>
    </div>
  );
}
