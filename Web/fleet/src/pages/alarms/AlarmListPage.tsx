import { useMemo, useState } from "react";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { Missing } from "../../components/LoadedPanel";
import { MoreButton } from "../../components/MoreButton";
import { PageHead } from "../../components/PageHead";
import { useStandingAlarms } from "../../hooks/useAlarms";
import { useFleetVersion } from "../../hooks/useFleet";
import { usePaged } from "../../hooks/usePaged";
import { useRepeat } from "../../hooks/useRequest";
import { bookState, refreshAlarms } from "../../live/alarms";
import { fleet } from "../../live/feed";
import { replace, useRoute } from "../../live/route";
import { useRole } from "../../live/session";
import { useSignal } from "../../live/signal";
import { alarmFilter, alarmQuery, historyPath, isLiveView, noAlarmFilter, type AlarmFilter } from "../../model/alarmFilter";
import { silenceWords } from "../../model/alarms";
import { count } from "../../model/format";
import type { Alarm } from "../../types/alarms";
import { AcknowledgeDialog } from "./AcknowledgeDialog";
import { AlarmFilterBar } from "./AlarmFilterBar";
import { AlarmGrid } from "./AlarmGrid";
import { AlarmTabs } from "./AlarmTabs";

const historyRefresh = 15_000;
const nothingChosen: ReadonlySet<number> = new Set();

function setFilter(filter: AlarmFilter): void {
  replace("alarms", alarmQuery(filter));
}

/** The rows, and what can be done with those that are ticked. */
function Rows({ alarms }: { alarms: readonly Alarm[] }) {
  const isOperator = useRole("operator");
  const [chosen, setChosen] = useState(nothingChosen);
  const [isOpen, setOpen] = useState(false);
  // What was cleared or acknowledged meanwhile, or is no longer shown, waits for nobody.
  const ids = alarms.filter((alarm) => alarm.state === "raised" && chosen.has(alarm.id)).map((alarm) => alarm.id);
  return (
    <>
      <AlarmGrid alarms={alarms} canSelect={isOperator} chosen={chosen} onChoose={setChosen} />
      {ids.length > 0 && (
        <div className="bulk-bar" role="region" aria-label="Selected alarms">
          <strong>{count(ids.length, "alarm")} selected</strong>
          <button type="button" className="button button-primary" onClick={() => setOpen(true)}>Acknowledge…</button>
          <button type="button" className="button" onClick={() => setChosen(nothingChosen)}>Clear selection</button>
        </div>
      )}
      {isOpen && (
        <AcknowledgeDialog ids={ids} onClose={() => setOpen(false)} onDone={() => {
          setChosen(nothingChosen);
          refreshAlarms();
        }} />
      )}
    </>
  );
}

function NoMatch({ onReset }: { onReset: () => void }) {
  return <Empty title="No alarm matches the filter."><button type="button" className="button" onClick={onReset}>Show all open alarms</button></Empty>;
}

/** What nobody knows is not in order. */
function NoAlarm() {
  const version = useFleetVersion(2_000);
  const words = useMemo(() => silenceWords(fleet.all()), [version]);
  return <Empty title="No alarm stands.">{words && <p className="quiet">{words} <a href="#/cards?status=unreachable,unknown">Show them</a></p>}</Empty>;
}

function Standing({ filter }: { filter: AlarmFilter }) {
  const view = useStandingAlarms(filter);
  const { error, isMissing } = useSignal(bookState);
  const reset = () => setFilter(noAlarmFilter);
  const isEmpty = view.alarms.length === 0;
  return (
    <div className="page page-cards">
      <PageHead title="Alarms">
        <span className="page-fact" role="status">
          {view.alarms.length === view.total ? count(view.total, "open alarm") : `${view.alarms.length.toLocaleString("en-GB")} of ${count(view.total, "open alarm")}`}
          {!view.isComplete && view.total > 0 && ", reading…"}
        </span>
      </PageHead>
      <AlarmTabs current="alarms" />
      <AlarmFilterBar filter={filter} counts={view.counts} shelved={view.shelved} onFilter={setFilter} />
      <ErrorNote text={error} retry={refreshAlarms} />
      {isMissing && <Missing what="a list of alarms" />}
      {isEmpty && !isMissing && !view.isComplete && error === null && <Empty title="Reading the alarms…" />}
      {isEmpty && !isMissing && view.isComplete && view.total > 0 && <NoMatch onReset={reset} />}
      {isEmpty && !isMissing && view.isComplete && view.total === 0 && (
        <NoAlarm />
      )}
      {!isEmpty && <Rows alarms={view.alarms} />}
    </div>
  );
}

function Past({ filter }: { filter: AlarmFilter }) {
  const { value, error, isMissing, reload, renew, more } = usePaged<Alarm>(historyPath(filter));
  useRepeat(renew, historyRefresh);
  return (
    <>
      <ErrorNote text={error} retry={reload} />
      {isMissing && <Missing what="a list of alarms" />}
      {!value && error === null && !isMissing && <Empty title="Reading the alarms…" />}
      {value?.items.length === 0 && <NoMatch onReset={() => setFilter(noAlarmFilter)} />}
      {value && value.items.length > 0 && <Rows alarms={value.items} />}
      {value && <MoreButton hasMore={value.hasMore} onMore={more} />}
    </>
  );
}

/** The alarms of the fleet: those that stand, live; and the history, as far back as the server has it. */
export function AlarmListPage() {
  const filter = alarmFilter(useRoute().query);
  if (isLiveView(filter.view)) return <Standing filter={filter} />;
  return (
    <div className="page page-cards">
      <PageHead title="Alarms" />
      <AlarmTabs current="alarms" />
      <AlarmFilterBar filter={filter} onFilter={setFilter} />
      <Past key={historyPath(filter)} filter={filter} />
    </div>
  );
}
