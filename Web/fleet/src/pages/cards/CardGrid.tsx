import { useRef } from "react";
import { useActiveRow } from "../../hooks/useActiveRow";
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

interface Props { cards: readonly Card[]; sort: Sort; onSort: (key: SortKey) => void; canSelect: boolean }

/** The list: only the rows near the window exist. One tab stop; arrows move, Enter opens, space selects. */
export function CardGrid({ cards, sort, onSort, canSelect }: Props) {
  const rowHeight = useMedia(narrow) ? 104 : 40;
  const body = useRef<HTMLDivElement>(null);
  const { first, last } = useVirtualRows(body, cards.length, rowHeight);
  const selected = useSignal(selection);
  const { id: active, index: activeIndex, mark, point, press } = useActiveRow(cards, {
    open: (id) => go(`cards/${id}`), toggle: canSelect ? toggleSelected : undefined,
  });
  const shown = cards.slice(first, last);
  const chosenCount = cards.reduce((sum, card) => sum + (selected.has(card.id) ? 1 : 0), 0);
  const chosen = chosenCount === 0 ? "none" : chosenCount === cards.length ? "all" : "some";

  const chooseAll = () => {
    const next = new Set(selected);
    for (const card of cards) chosen === "all" ? next.delete(card.id) : next.add(card.id);
    selection.write(next);
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
