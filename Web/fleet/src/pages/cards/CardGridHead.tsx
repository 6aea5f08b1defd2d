import { useEffect, useRef } from "react";
import { Icon } from "../../components/Icon";
import type { Sort, SortKey } from "../../model/sort";
import { columns } from "./columns";

interface Props { sort: Sort; onSort: (key: SortKey) => void; chosen: "none" | "some" | "all"; canSelect: boolean; onChooseAll: () => void }

function direction(sort: Sort, key: SortKey): "ascending" | "descending" | "none" {
  if (sort.key !== key) return "none";
  return sort.descending ? "descending" : "ascending";
}

/** Column headers: each sorts, a second time the other way round. */
export function CardGridHead({ sort, onSort, chosen, canSelect, onChooseAll }: Props) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = chosen === "some";
  }, [chosen]);
  return (
    <div role="row" className="card-row card-row-head" aria-rowindex={1}>
      <div role="columnheader" className="cell cell-select">
        {canSelect
          ? <input ref={box} type="checkbox" aria-label="Select all shown cards" checked={chosen === "all"} onChange={onChooseAll} />
          : <span className="visually-hidden">Selection</span>}
      </div>
      {columns.map(({ key, label }) => (
        <div key={key} role="columnheader" className={`cell cell-${key}`} aria-sort={direction(sort, key)}>
          <button type="button" className="sort-button" onClick={() => onSort(key)}>
            {label}
            {sort.key === key && <Icon name={sort.descending ? "down" : "up"} />}
          </button>
        </div>
      ))}
    </div>
  );
}
