import { ChoiceMenu } from "../../components/ChoiceMenu";
import { SearchField } from "../../components/SearchField";
import { Segments } from "../../components/Segments";
import { SeverityChips } from "../../components/SeverityChips";
import { useFacets } from "../../hooks/useFleet";
import { alarmSorts, alarmViews, inView, isLiveView, viewWord, type AlarmFilter, type AlarmSort } from "../../model/alarmFilter";
import { sortWord } from "../../model/alarmSort";
import { noSite } from "../../model/facets";
import type { Severity } from "../../types";

interface Props {
  filter: AlarmFilter;
  /** Undefined where only the server knows them. */
  counts?: Partial<Record<Severity, number>>;
  shelved?: number;
  onFilter: (filter: AlarmFilter) => void;
}

const views = alarmViews.map((view) => [view, viewWord[view]] as const);

function ShelfChip({ filter, shelved, onFilter }: Omit<Props, "counts">) {
  const isOn = filter.shelved === "only";
  if (!isOn && shelved === 0) return null;
  return (
    <button type="button" className="chip" data-tone="muted" aria-pressed={isOn} onClick={() => onFilter({ ...filter, shelved: isOn ? "hidden" : "only" })}>
      Shelved{shelved !== undefined && <span className="chip-count">{shelved.toLocaleString("en-GB")}</span>}
    </button>
  );
}

/** Which days of the past. */
function Days({ filter, onFilter }: Pick<Props, "filter" | "onFilter">) {
  return (
    <div className="days" role="group" aria-label="Raised between">
      <label>From <input className="input" type="date" value={filter.from} max={filter.to || undefined} onChange={(event) => onFilter({ ...filter, from: event.target.value })} /></label>
      <label>to <input className="input" type="date" value={filter.to} min={filter.from || undefined} onChange={(event) => onFilter({ ...filter, to: event.target.value })} /></label>
    </div>
  );
}

/** What the list shows. */
export function AlarmFilterBar({ filter, counts, shelved, onFilter }: Props) {
  const facets = useFacets();
  const sites = facets.sites.filter(([site]) => site !== noSite).map(([value, count]) => ({ value, word: value, count }));
  const tags = facets.tags.map(([value, count]) => ({ value, word: value, count }));
  return (
    <div className="filter-bar">
      <Segments label="Which alarms" options={views} chosen={filter.view} onChange={(view) => onFilter(inView(filter, view))} />
      <SearchField label="Filter alarms by text" placeholder="Alarm, card…" value={filter.text} onChange={(text) => onFilter({ ...filter, text })} />
      <div className="chips facets" role="group" aria-label="Narrow the list">
        <ChoiceMenu title="Site" choices={sites} chosen={filter.sites} onChange={(chosen) => onFilter(inView({ ...filter, sites: chosen }, filter.view))} />
        <ChoiceMenu title="Tag" choices={tags} chosen={filter.tags} onChange={(chosen) => onFilter(inView({ ...filter, tags: chosen }, filter.view))} />
        <ShelfChip filter={filter} shelved={shelved} onFilter={onFilter} />
        {filter.name !== "" && (
          <button type="button" className="chip" data-tone="info" aria-pressed="true" aria-label={`Only ${filter.name}: show any alarm`} onClick={() => onFilter({ ...filter, name: "" })}>
            <span className="chip-text mono">{filter.name}</span>×
          </button>
        )}
        {filter.card !== null && (
          <button type="button" className="chip" data-tone="info" aria-pressed="true" aria-label="Only one card: show any card" onClick={() => onFilter({ ...filter, card: null })}>
            One card ×
          </button>
        )}
      </div>
      <SeverityChips chosen={filter.severities} counts={counts} onChange={(severities) => onFilter({ ...filter, severities })} />
      {!isLiveView(filter.view) && <Days filter={filter} onFilter={onFilter} />}
      {isLiveView(filter.view) && (
        <label className="sort-choice">
          <span className="visually-hidden">Order</span>
          <select className="input" value={filter.sort} onChange={(event) => onFilter({ ...filter, sort: event.target.value as AlarmSort })}>
            {alarmSorts.map((sort) => <option key={sort} value={sort}>{sortWord[sort]}</option>)}
          </select>
        </label>
      )}
    </div>
  );
}
