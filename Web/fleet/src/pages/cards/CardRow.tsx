import { memo } from "react";
import { isFresh } from "../../components/StatusBadge";
import { useCard } from "../../hooks/useFleet";
import { useIsStale } from "../../hooks/useStream";
import { toggleSelected } from "../../live/selection";
import { columns } from "./columns";

interface Props { id: number; index: number; top: number; isActive: boolean; isSelected: boolean; canSelect: boolean; onPoint: (index: number) => void }

/** One card of the list. It watches its own card, so that an event renders only the rows it is about. */
export const CardRow = memo(function CardRow({ id, index, top, isActive, isSelected, canSelect, onPoint }: Props) {
  const card = useCard(id);
  const isPageStale = useIsStale();
  if (!card) return null;
  return (
    <div
      role="row" id={`card-row-${id}`} className="card-row" data-active={isActive || undefined} data-status={card.status}
      data-stale={isPageStale ? "page" : isFresh(card.status) ? undefined : "card"} aria-rowindex={index + 2} aria-selected={isSelected}
      style={{ transform: `translateY(${top}px)` }} onClick={() => onPoint(index)}
    >
      <div role="gridcell" className="cell cell-select">
        {canSelect && <input type="checkbox" tabIndex={-1} aria-label={`Select ${card.name}`} checked={isSelected} onChange={() => toggleSelected(id)} />}
      </div>
      {columns.map((column) => <div key={column.key} role="gridcell" className={`cell cell-${column.key}`}>{column.cell(card)}</div>)}
    </div>
  );
});
