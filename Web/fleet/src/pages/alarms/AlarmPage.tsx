import type { ReactNode } from "react";
import { orDash } from "../../components/Absent";
import { CommentForm } from "../../components/CommentForm";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { PageHead } from "../../components/PageHead";
import { SeverityBadge } from "../../components/SeverityBadge";
import { Timeline, type TimelineItem } from "../../components/Timeline";
import { Moment } from "../../components/Times";
import { useIsStale } from "../../hooks/useStream";
import { useTimeText } from "../../live/clock";
import { useRole } from "../../live/session";
import { eventLook, isShelved, placeWord, sourceWord } from "../../model/alarms";
import { duration } from "../../model/format";
import { severityLook } from "../../model/severity";
import type { Alarm, AlarmEvent, AlarmWithEvents } from "../../types/alarms";
import { ToldPanel } from "../notifications/ToldPanel";
import { AlarmActions } from "./AlarmActions";
import { AlarmStateBadge } from "./AlarmStateBadge";
import { useAlarm } from "./useAlarm";

function timelineItem(event: AlarmEvent): TimelineItem {
  const { word, tone } = eventLook(event.kind);
  const isGraver = event.kind === "raised" || event.kind === "severity";
  const parts = [isGraver && severityLook(event.severity).word, event.text, event.source && !event.user && `from ${sourceWord(event.source).toLowerCase()}`];
  return { key: event.id, at: event.at, word, tone, text: parts.filter(Boolean).join(", "), who: event.user };
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

function Facts({ alarm }: { alarm: Alarm }) {
  const lasting = useTimeText((now) => duration(((alarm.clearedAt ? Date.parse(alarm.clearedAt) : now) - Date.parse(alarm.since)) / 1000));
  const shelved = useTimeText((now) => (isShelved(alarm, now) ? "yes" : "")) !== "";
  return (
    <dl className="facts">
      <Fact label="Card">{alarm.card === null ? placeWord(alarm) : <a href={`#/cards/${alarm.card}`}>{placeWord(alarm)}</a>}</Fact>
      <Fact label="Site">{alarm.site ? <a href={`#/alarms?${new URLSearchParams({ site: alarm.site })}`}>{alarm.site}</a> : orDash(null)}</Fact>
      <Fact label="Since"><Moment at={alarm.since} /> ({lasting})</Fact>
      {alarm.clearedAt && <Fact label="Cleared"><Moment at={alarm.clearedAt} /></Fact>}
      {alarm.acknowledgedAt && <Fact label="Acknowledged"><Moment at={alarm.acknowledgedAt} />{alarm.acknowledgedBy && ` by ${alarm.acknowledgedBy}`}</Fact>}
      {shelved && alarm.shelvedUntil && (
        <Fact label="Shelved until"><Moment at={alarm.shelvedUntil} />{alarm.shelvedBy && ` by ${alarm.shelvedBy}`}{alarm.shelvedReason && `: ${alarm.shelvedReason}`}</Fact>
      )}
      <Fact label="Told by">{sourceWord(alarm.source)}</Fact>
      <Fact label="Name"><a className="mono" href={`#/alarms?${new URLSearchParams({ state: "all", name: alarm.name })}`}>{alarm.name}</a></Fact>
      <Fact label="Times raised">{alarm.occurrences.toLocaleString("en-GB")}</Fact>
      {alarm.incident !== null && alarm.incident !== undefined && <Fact label="Incident"><a href={`#/incidents/${alarm.incident}`}>Incident {alarm.incident}</a></Fact>}
    </dl>
  );
}

function Known({ alarm, reload }: { alarm: AlarmWithEvents; reload: () => void }) {
  const isOperator = useRole("operator");
  const isStale = useIsStale();
  return (
    <>
      <div className="card-title" data-stale={isStale ? "page" : undefined}>
        <SeverityBadge severity={alarm.severity} isPast={alarm.state === "cleared" || isStale} />
        <span role="status"><AlarmStateBadge alarm={alarm} /></span>
        {alarm.detail && <span>{alarm.detail}</span>}
      </div>
      <Facts alarm={alarm} />
      {isOperator && <AlarmActions alarm={alarm} onDone={reload} />}
      <section className="panel" aria-labelledby="timeline-title">
        <h2 id="timeline-title">Timeline</h2>
        {alarm.events.length === 0 && <p className="quiet">Nothing is recorded: the alarm is older than its timeline.</p>}
        <Timeline label="What happened" items={[...alarm.events].sort((a, b) => b.id - a.id).map(timelineItem)} />
        {isOperator && <CommentForm path={`/alarms/${alarm.id}/comments`} onDone={reload} />}
      </section>
      <ToldPanel of={{ alarm: alarm.id }} />
    </>
  );
}

/** One alarm: what it is, what happened to it, and who was told. */
export function AlarmPage({ id }: { id: number }) {
  const { value: alarm, error, isMissing, reload } = useAlarm(id);
  return (
    <div className="page">
      <nav aria-label="Breadcrumb" className="breadcrumb"><a href="#/alarms">Alarms</a></nav>
      <PageHead title={alarm ? alarm.title : "Alarm"} />
      <ErrorNote text={isMissing ? `There is no alarm ${id}: it never was here, or it is older than what is kept.` : error} retry={isMissing ? undefined : reload} />
      {!alarm && error === null && !isMissing && <Empty title="Reading the alarm…" />}
      {alarm && !isMissing && <Known alarm={alarm} reload={reload} />}
    </div>
  );
}
