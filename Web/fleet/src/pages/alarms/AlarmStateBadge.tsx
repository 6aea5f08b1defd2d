import { Badge } from "../../components/Badge";
import { useTimeText } from "../../live/clock";
import { isShelved, stateTone, stateWord } from "../../model/alarms";
import { until } from "../../model/format";
import type { Alarm } from "../../types/alarms";

/** Where an alarm is in its life; what is set aside says until when. */
export function AlarmStateBadge({ alarm }: { alarm: Pick<Alarm, "state" | "flapping" | "shelvedUntil" | "acknowledgedBy"> }) {
  const shelf = useTimeText((now) => (isShelved(alarm, now) ? `ends ${until(alarm.shelvedUntil, now)}` : ""));
  return (
    <span className="row-actions" title={alarm.acknowledgedBy ? `Acknowledged by ${alarm.acknowledgedBy}` : undefined}>
      {shelf !== "" && alarm.state !== "cleared"
        ? <span title={shelf}><Badge tone="muted">Shelved</Badge></span>
        : <Badge tone={stateTone[alarm.state] ?? "muted"}>{stateWord[alarm.state] ?? alarm.state}</Badge>}
      {alarm.flapping && alarm.state !== "cleared" && <span title="It comes and goes; its last state is held."><Badge tone="caution">Flapping</Badge></span>}
    </span>
  );
}
