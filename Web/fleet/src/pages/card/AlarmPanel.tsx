import { Badge } from "../../components/Badge";
import { ErrorNote } from "../../components/ErrorNote";
import { Ago, Moment } from "../../components/Times";
import { useTimeText } from "../../live/clock";
import { noAlarmWords } from "../../model/alarms";
import { duration } from "../../model/format";
import type { Tone } from "../../model/status";
import type { Card, CardAlarm } from "../../types";

const tones: Record<CardAlarm["severity"], Tone> = { critical: "bad", warning: "caution", information: "info" };
const words: Record<CardAlarm["severity"], string> = { critical: "Critical", warning: "Warning", information: "Information" };

function Lasting({ alarm }: { alarm: CardAlarm }) {
  const text = useTimeText((now) => duration(((alarm.clearedAt ? Date.parse(alarm.clearedAt) : now) - Date.parse(alarm.since)) / 1000));
  return <span>{text}</span>;
}

function AlarmList({ alarms }: { alarms: readonly CardAlarm[] }) {
  return (
    <ul className="alarm-list">
      {alarms.map((alarm) => (
        <li key={`${alarm.name} ${alarm.since}`} className="alarm" data-past={alarm.clearedAt ? true : undefined}>
          <Badge tone={alarm.clearedAt ? "muted" : tones[alarm.severity]}>{words[alarm.severity]}</Badge>
          <span className="alarm-title">{alarm.title}</span>
          <span className="alarm-time">
            {alarm.clearedAt ? "" : "since "}<Moment at={alarm.since} />
            {alarm.clearedAt && <> – <Moment at={alarm.clearedAt} /></>} (<Lasting alarm={alarm} />)
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
  const past = (alarms ?? []).filter((alarm) => alarm.clearedAt);
  return (
    <section className="panel" aria-labelledby="alarms-title">
      <h2 id="alarms-title">Alarms{active.length > 0 && <span className="panel-count">{active.length}</span>}</h2>
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
    </section>
  );
}
