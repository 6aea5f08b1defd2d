import { useEffect, useRef } from "react";
import { ChoiceMenu } from "../../components/ChoiceMenu";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { Missing } from "../../components/LoadedPanel";
import { MoreButton } from "../../components/MoreButton";
import { PageHead } from "../../components/PageHead";
import { SearchField } from "../../components/SearchField";
import { Segments } from "../../components/Segments";
import { SeverityBadge } from "../../components/SeverityBadge";
import { SeverityChips } from "../../components/SeverityChips";
import { Moment } from "../../components/Times";
import { useFacets } from "../../hooks/useFleet";
import { usePaged } from "../../hooks/usePaged";
import { useRepeat } from "../../hooks/useRequest";
import { useIsStale, useStream } from "../../hooks/useStream";
import { replace, useRoute } from "../../live/route";
import { noSite } from "../../model/facets";
import { causeOptions, causeWord, incidentWords } from "../../model/incidents";
import { incidentPath, incidentQuery, incidentState, incidentStates, type IncidentFilter } from "../../model/incidentFilter";
import { severityLook } from "../../model/severity";
import type { Incident } from "../../types/alarms";
import { AlarmTabs } from "../alarms/AlarmTabs";
import { IncidentBadge } from "./IncidentBadge";

const refresh = 15_000;
/** Events of a storm come by the hundred: the list is read again so often, milliseconds. */
const eventPause = 1_000;

function Item({ incident, isStale }: { incident: Incident; isStale: boolean }) {
  const isEnded = incident.state === "ended";
  return (
    <li className="panel incident" data-tone={severityLook(incident.severity).tone} data-state={incident.state} data-stale={isStale || undefined}>
      <div className="section-head">
        <h2><a href={`#/incidents/${incident.id}`}>{incident.title}</a></h2>
        <span className="row-actions">
          <SeverityBadge severity={incident.severity} isPast={isEnded} />
          <IncidentBadge incident={incident} />
        </span>
      </div>
      <p>{[incident.place ?? incident.site ?? "No site", causeWord(incident.cause), incidentWords(incident)].join(" · ")}</p>
      <p className="quiet">
        opened <Moment at={incident.openedAt} />{incident.endedAt && <>, ended <Moment at={incident.endedAt} /></>}
        {incident.acknowledgedBy && <>, acknowledged by {incident.acknowledgedBy}</>}
      </p>
    </li>
  );
}

/** Reads again after events, not oftener than every second. */
function useIncidentEvents(reload: () => void): void {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useStream("incident", () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      reload();
    }, eventPause);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}

function Incidents({ filter }: { filter: IncidentFilter }) {
  const { value, error, isMissing, reload, renew, more } = usePaged<Incident>(incidentPath(filter), 100);
  const isStale = useIsStale();
  useIncidentEvents(reload);
  useRepeat(renew, refresh);
  return (
    <>
      <ErrorNote text={error} retry={reload} />
      {isMissing && <Missing what="incidents" />}
      {!value && error === null && !isMissing && <Empty title="Reading the incidents…" />}
      {value?.items.length === 0 && (
        <Empty title={filter.state === "open" ? "No incident is open." : "No incident matches the filter."}>
          <p className="quiet">Alarms of one cause at one site become one incident, so that people are told once.</p>
        </Empty>
      )}
      {value && value.items.length > 0 && <ul className="incident-list">{value.items.map((incident) => <Item key={incident.id} incident={incident} isStale={isStale} />)}</ul>}
      {value && <MoreButton hasMore={value.hasMore} onMore={more} />}
    </>
  );
}

function setFilter(filter: IncidentFilter): void {
  replace("incidents", incidentQuery(filter));
}

/** What happened to many at once. */
export function IncidentListPage() {
  const filter = incidentState(useRoute().query);
  const sites = useFacets().sites.filter(([site]) => site !== noSite).map(([value]) => ({ value, word: value }));
  const last = (chosen: string[]) => chosen[chosen.length - 1] ?? "";
  return (
    <div className="page">
      <PageHead title="Incidents" />
      <AlarmTabs current="incidents" />
      <div className="filter-bar">
        <Segments label="Which incidents" options={incidentStates} chosen={filter.state} onChange={(state) => setFilter({ ...filter, state })} />
        <SearchField label="Filter incidents by text" placeholder="Title, site…" value={filter.text} onChange={(text) => setFilter({ ...filter, text })} />
        <div className="chips facets" role="group" aria-label="Narrow the list">
          <ChoiceMenu title="Site" choices={sites} chosen={filter.site === "" ? [] : [filter.site]} onChange={(chosen) => setFilter({ ...filter, site: last(chosen) })} />
          <ChoiceMenu title="Cause" choices={causeOptions} chosen={filter.cause === "" ? [] : [filter.cause]} onChange={(chosen) => setFilter({ ...filter, cause: last(chosen) })} />
        </div>
        <SeverityChips chosen={filter.severities} onChange={(severities) => setFilter({ ...filter, severities: severities.filter((each) => !filter.severities.includes(each)) })} />
      </div>
      <Incidents key={incidentPath(filter)} filter={filter} />
    </div>
  );
}
