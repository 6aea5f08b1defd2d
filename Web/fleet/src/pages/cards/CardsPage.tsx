import { useState } from "react";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { PageHead } from "../../components/PageHead";
import { useFleetView, type FleetView } from "../../hooks/useFleet";
import { feedError, refreshFleet } from "../../live/feed";
import { replace, useRoute } from "../../live/route";
import { useRole } from "../../live/session";
import { useSignal } from "../../live/signal";
import { noFilter, type CardFilter } from "../../model/filter";
import { count } from "../../model/format";
import type { Sort, SortKey } from "../../model/sort";
import { listQuery, listState } from "../../model/url";
import { AddCard } from "./AddCard";
import { BulkBar } from "./BulkBar";
import { CardGrid } from "./CardGrid";
import { ExportMenu } from "./ExportMenu";
import { FilterBar } from "./FilterBar";
import { StatusTiles } from "./StatusTiles";

function NoCards({ view, hasFailed, onReset }: { view: FleetView; hasFailed: boolean; onReset: () => void }) {
  if (!view.isComplete) return hasFailed ? null : <Empty title="Reading the list of cards…" />;
  if (view.total > 0) {
    return <Empty title="No card matches the filter."><button type="button" className="button" onClick={onReset}>Show all cards</button></Empty>;
  }
  return (
    <Empty title="No cards yet.">
      <p className="quiet">A search finds the cards on the network; a file brings them in by the thousand.</p>
      <span className="row-actions"><a className="button button-primary" href="#/discover">Discover cards</a><a className="button" href="#/discover/import">Import a list…</a></span>
    </Empty>
  );
}

/** The list that stays open all day. */
export function CardsPage() {
  const state = listState(useRoute().query);
  const { filter, sort } = state;
  const view = useFleetView(filter, sort);
  const error = useSignal(feedError);
  const isOperator = useRole("operator");
  const [isAdding, setAdding] = useState(false);

  const show = (change: Partial<typeof state>) => replace("cards", listQuery({ ...state, ...change }));
  const setFilter = (next: CardFilter) => show({ filter: next });
  const setSort = (next: Sort) => show({ sort: next });
  const sortBy = (key: SortKey) => setSort({ key, descending: sort.key === key && !sort.descending });
  const isFiltered = view.cards.length !== view.total;

  return (
    <div className="page page-cards">
      <PageHead title="Fleet">
        <span className="page-fact" role="status">
          {isFiltered ? `${view.cards.length.toLocaleString("en-GB")} of ${count(view.total, "card")}` : count(view.total, "card")}
          {!view.isComplete && view.total > 0 && ", reading…"}
        </span>
        <ExportMenu state={state} />
        {isOperator && <button type="button" className="button" onClick={() => setAdding(true)}>Add a card…</button>}
      </PageHead>
      <StatusTiles counts={view.counts} total={view.total} statuses={filter.statuses} onShow={(statuses) => setFilter({ ...filter, statuses })} />
      <FilterBar filter={filter} counts={view.counts} sort={sort} onFilter={setFilter} onSort={setSort} />
      <ErrorNote text={error} retry={() => refreshFleet()} />
      {view.cards.length === 0
        ? <NoCards view={view} hasFailed={error !== null} onReset={() => setFilter(noFilter)} />
        : <CardGrid cards={view.cards} sort={sort} onSort={sortBy} canSelect={isOperator} />}
      {isOperator && <BulkBar />}
      {isAdding && <AddCard onClose={() => setAdding(false)} />}
    </div>
  );
}
