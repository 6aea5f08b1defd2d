import { useState } from "react";
import { ErrorNote } from "../../components/ErrorNote";
import { SeverityBadge } from "../../components/SeverityBadge";
import { Ago, Moment } from "../../components/Times";
import { useTimeText } from "../../live/clock";
import { refreshAlarms } from "../../live/alarms";
import { useRole } from "../../live/session";
import { isShelved, noAlarmWords } from "../../model/alarms";
import { duration } from "../../model/format";
import type { Card, CardAlarm } from "../../types";
import { AcknowledgeDialog } from "../alarms/AcknowledgeDialog";

function Lasting({ alarm }: { alarm: CardAlarm }) {
  const text = useTimeText((now) => duration(((alarm.clearedAt ? Date.parse(alarm.clearedAt) : now) - Date.parse(alarm.since)) / 1000));
  return <span>{text}</span>;
}

/** What somebody has made of it. */
function Attention({ alarm }: { alarm: CardAlarm }) {
  const shelved = useTimeText((now) => (isShelved({ shelvedUntil: alarm.shelvedUntil ?? null }, now) ? "shelved" : ""));
  const words = [alarm.state === "acknowledged" && `acknowledged${alarm.acknowledgedBy ? ` by ${alarm.acknowledgedBy}` : ""}`, shelved, alarm.flapping && !alarm.clearedAt && "flapping"];
  const text = words.filter(Boolean).join(", ");
  return text === "" ? null : <>, {text}</>;
}

function AlarmList({ alarms }: { alarms: readonly CardAlarm[] }) {
  return (
    <ul className="alarm-list">
      {alarms.map((alarm) => (
        <li key={`${alarm.name} ${alarm.since}`} className="alarm" data-past={alarm.clearedAt ? true : undefined}>
          <SeverityBadge severity={alarm.severity} isPast={alarm.clearedAt !== null} />
          <span className="alarm-title">{alarm.id === undefined ? alarm.title : <a href={`#/alarms/${alarm.id}`}>{alarm.title}</a>}</span>
          <span className="alarm-time">
            {alarm.clearedAt ? "" : "since "}<Moment at={alarm.since} />
            {alarm.clearedAt && <> – <Moment at={alarm.clearedAt} /></>} (<Lasting alarm={alarm} />)<Attention alarm={alarm} />
          </span>
        </li>
      ))}
    </ul>
  );
}

interface Props { card: Card; alarms: readonly CardAlarm[] | undefined; error: string | null; retry: () => void }

/** Alarms that stand, and below them those that have gone. */
export function AlarmPanel({ card, alarms, error, retry }: Props) {
  const active = (alarms ?? []).filter((alarm) => !alarm.clearedAt);
  const isOperator = useRole("operator");
  const [isOpen, setOpen] = useState(false);
  const waiting = active.flatMap((alarm) => (alarm.state === "raised" && alarm.id !== undefined ? [alarm.id] : []));
  const past = (alarms ?? []).filter((alarm) => alarm.clearedAt);
  return (
    <section className="panel" aria-labelledby="alarms-title">
      <div className="section-head">
        <h2 id="alarms-title">Alarms{active.length > 0 && <span className="panel-count">{active.length}</span>}</h2>
        {isOperator && !card.retiredAt && waiting.length > 0 && <button type="button" className="button button-small" onClick={() => setOpen(true)}>Acknowledge…</button>}
      </div>
      <ErrorNote text={error} retry={retry} />
      {alarms && active.length === 0 && <p className="quiet">{noAlarmWords(card)}</p>}
      {active.length > 0 && (card.retiredAt || card.status === "unreachable") && <p className="quiet">Last known: the card answered <Ago at={card.lastSeen} />.</p>}
      {active.length > 0 && <AlarmList alarms={active} />}
      {past.length > 0 && (
        <details className="past-alarms">
          <summary>{past.length} past</summary>
          <AlarmList alarms={past} />
        </details>
      )}
      {isOpen && (
        <AcknowledgeDialog ids={waiting} onClose={() => setOpen(false)} onDone={() => {
          retry();
          refreshAlarms();
        }} />
      )}
    </section>
  );
}
