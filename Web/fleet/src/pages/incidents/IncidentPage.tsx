import { useCallback, useState } from "react";
import { api } from "../../api";
import { CommentForm } from "../../components/CommentForm";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { FormDialog } from "../../components/FormDialog";
import { LoadedPanel } from "../../components/LoadedPanel";
import { PageHead } from "../../components/PageHead";
import { SeverityBadge } from "../../components/SeverityBadge";
import { TextArea } from "../../components/TextArea";
import { Timeline, type TimelineItem } from "../../components/Timeline";
import { Moment } from "../../components/Times";
import { useList, useRepeat, useRequest, type Loaded } from "../../hooks/useRequest";
import { useIsStale, useStream } from "../../hooks/useStream";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { alarmCountWords, causeWord, incidentEventLook, incidentWords } from "../../model/incidents";
import type { IncidentEvent, IncidentWithCounts } from "../../types/alarms";
import { ToldPanel } from "../notifications/ToldPanel";
import { IncidentBadge } from "./IncidentBadge";
import { IncidentMembers } from "./IncidentMembers";

const refresh = 10_000;

function Head({ incident }: { incident: IncidentWithCounts }) {
  const isStale = useIsStale();
  const { counts, root } = incident;
  return (
    <>
      <div className="card-title" data-stale={isStale ? "page" : undefined}>
        <SeverityBadge severity={incident.severity} isPast={isStale || incident.state === "ended"} />
        <span role="status"><IncidentBadge incident={incident} /></span>
        <span>{incidentWords(incident)}</span>
      </div>
      <dl className="facts">
        <div><dt>Site</dt><dd>{incident.site ? <a href={`#/alarms?${new URLSearchParams({ site: incident.site })}`}>{incident.site}</a> : incident.place ?? "No site"}</dd></div>
        <div><dt>Cause</dt><dd>{causeWord(incident.cause)}</dd></div>
        {root && <div><dt>Follows from</dt><dd>{root}</dd></div>}
        {counts && <div><dt>Alarms</dt><dd>{alarmCountWords(counts)}</dd></div>}
        <div><dt>Opened</dt><dd><Moment at={incident.openedAt} /></dd></div>
        {incident.endedAt && <div><dt>Ended</dt><dd><Moment at={incident.endedAt} /></dd></div>}
        {incident.acknowledgedAt && <div><dt>Acknowledged</dt><dd><Moment at={incident.acknowledgedAt} />{incident.acknowledgedBy && ` by ${incident.acknowledgedBy}`}</dd></div>}
      </dl>
    </>
  );
}

function Acknowledge({ incident, onDone }: { incident: IncidentWithCounts; onDone: () => void }) {
  const [isOpen, setOpen] = useState(false);
  const [comment, setComment] = useState("");
  if (incident.state === "ended") return null;
  return (
    <>
      <button type="button" className={incident.acknowledgedAt ? "button" : "button button-primary"} onClick={() => setOpen(true)}>Acknowledge…</button>
      {isOpen && (
        <FormDialog
          title={`Acknowledge ${incident.title}`} verb="Acknowledge all" onClose={() => setOpen(false)}
          onSubmit={async () => {
            await api.create(`/incidents/${incident.id}/acknowledge`, { comment: comment.trim() || undefined });
            notify("The incident was acknowledged, with all its alarms that stand.");
            setComment("");
            onDone();
          }}
        >
          <p className="quiet">All its alarms that stand are acknowledged with it. What joins later, or gets worse, is told again.</p>
          <TextArea label="Comment (optional)" isMono={false} value={comment} onChange={setComment} />
        </FormDialog>
      )}
    </>
  );
}

/** Newest first; the server tells them in their order. */
function timelineItems(events: readonly IncidentEvent[]): TimelineItem[] {
  return [...events].sort((a, b) => b.id - a.id).map(({ id, at, kind, text, username }) => ({ key: id, at, ...incidentEventLook(kind), text, who: username }));
}

function TimelinePanel({ id, loaded }: { id: number; loaded: Loaded<IncidentEvent[]> }) {
  const isOperator = useRole("operator");
  return (
    <LoadedPanel title="Timeline" what="the timeline of incidents" loaded={loaded}>
      {(events) => (
        <>
          <div className="event-lines"><Timeline label="What happened" items={timelineItems(events)} /></div>
          {isOperator && <CommentForm path={`/incidents/${id}/comments`} onDone={loaded.reload} />}
        </>
      )}
    </LoadedPanel>
  );
}

/** One incident: what happened, to which cards, and who was told. */
export function IncidentPage({ id }: { id: number }) {
  const isOperator = useRole("operator");
  const { value: incident, error, isMissing, reload, renew } = useRequest(useCallback((signal: AbortSignal) => api.read<IncidentWithCounts>(`/incidents/${id}`, signal), [id]));
  const timeline = useList<IncidentEvent>(`/incidents/${id}/timeline`);
  const changed = () => {
    reload();
    timeline.reload();
  };
  useStream("incident", (batch) => batch.some((event) => event.incident === id) && changed());
  useRepeat(renew, refresh);
  useRepeat(timeline.renew, refresh);
  return (
    <div className="page">
      <nav aria-label="Breadcrumb" className="breadcrumb"><a href="#/incidents">Incidents</a></nav>
      <PageHead title={incident?.title ?? "Incident"}>{incident && isOperator && <Acknowledge incident={incident} onDone={changed} />}</PageHead>
      <ErrorNote text={isMissing ? `There is no incident ${id}.` : error} retry={isMissing ? undefined : reload} />
      {!incident && error === null && !isMissing && <Empty title="Reading the incident…" />}
      {incident && !isMissing && (
        <>
          <Head incident={incident} />
          <TimelinePanel id={id} loaded={timeline} />
          <IncidentMembers id={id} />
          <ToldPanel of={{ incident: id }} />
        </>
      )}
    </div>
  );
}
