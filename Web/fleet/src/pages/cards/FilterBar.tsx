import { Icon } from "../../components/Icon";
import { SearchField } from "../../components/SearchField";
import type { CardFilter } from "../../model/filter";
import type { Sort, SortKey } from "../../model/sort";
import { look, statuses } from "../../model/status";
import type { Status } from "../../types";
import { columns } from "./columns";
import { FacetChips } from "./FacetChips";

interface Props {
  filter: CardFilter;
  counts: Partial<Record<Status, number>>;
  sort: Sort;
  onFilter: (filter: CardFilter) => void;
  onSort: (sort: Sort) => void;
}

function StatusChips({ filter, counts, onFilter }: Pick<Props, "filter" | "counts" | "onFilter">) {
  const toggle = (status: Status) => {
    const without = filter.statuses.filter((each) => each !== status);
    onFilter({ ...filter, statuses: without.length < filter.statuses.length ? without : [...without, status] });
  };
  return (
    <div className="chips" role="group" aria-label="Filter by status">
      {statuses.filter((status) => (counts[status] ?? 0) > 0 || filter.statuses.includes(status)).map((status) => (
        <button
          key={status} type="button" className="chip" data-tone={look(status).tone} aria-pressed={filter.statuses.includes(status)}
          onClick={() => toggle(status)}
        >
          <Icon name={look(status).icon} />{look(status).word}<span className="chip-count">{(counts[status] ?? 0).toLocaleString("en-GB")}</span>
        </button>
      ))}
    </div>
  );
}

export function FilterBar({ filter, counts, sort, onFilter, onSort }: Props) {
  return (
    <div className="filter-bar">
      <SearchField label="Filter cards by text" placeholder="Name, address, serial, site…" value={filter.text} onChange={(text) => onFilter({ ...filter, text })} />
      <FacetChips filter={filter} onFilter={onFilter} />
      <StatusChips filter={filter} counts={counts} onFilter={onFilter} />
      <label className="only-narrow sort-choice">
        <span>Sort by</span>
        <select className="input" value={sort.key} onChange={(event) => onSort({ key: event.target.value as SortKey, descending: false })}>
          {columns.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}
        </select>
      </label>
    </div>
  );
}
