import { batteryTone, loadTone } from "../../components/Meter";
import { quantity } from "../../model/format";
import { supply, type Tone } from "../../model/status";
import { transferFacts } from "../../model/transfer";
import type { Card, CardAlarm, Values } from "../../types";

interface FigureProps { label: string; text: string; tone: Tone; part?: number }

function BigFigure({ label, text, tone, part }: FigureProps) {
  return (
    <div className="big-figure" data-tone={tone}>
      <dt>{label}</dt>
      <dd>
        <span className={/^-?\d/.test(text) ? "big-figure-number" : "big-figure-word"}>{text}</span>
        {part !== undefined && (
          <span className="meter-track" aria-hidden="true"><span className="meter-fill" style={{ width: `${Math.min(100, Math.max(0, part))}%` }} /></span>
        )}
      </dd>
    </div>
  );
}

interface Props { card: Card; values: Values; alarms: readonly CardAlarm[]; isStale: boolean }

/** Source, load, battery and runtime in large, of a transfer system its sources; what is not known is not there. */
export function KeyFigures({ card, values, alarms, isStale }: Props) {
  const source = supply(card.status, card.outputSource, new Set(alarms.map((alarm) => alarm.name)));
  const load = values["ups.load"];
  const charge = values["battery.charge"];
  const runtime = values["battery.runtime"];
  const power = values["ups.power"];
  const known = isStale ? ", last known" : "";
  const shift = values["input.phase.shift"];
  const isOnBattery = source === "Battery";
  return (
    <dl className="big-figures" data-stale={isStale || undefined} aria-label="Key figures">
      {source !== null && <BigFigure label="Load fed by" text={source} tone={source === "Inverter" || source.startsWith("Mains") ? "good" : "caution"} />}
      {transferFacts(card.status, card.transfer).map(({ label, text, tone }) => <BigFigure key={label} label={label} text={text} tone={tone} />)}
      {load !== undefined && <BigFigure label={`Load${known}`} text={quantity(load, "%")} tone={loadTone(load)} part={load} />}
      {shift !== undefined && <BigFigure label={`Phase shift${known}`} text={quantity(shift, "°")} tone="info" />}
      {power !== undefined && <BigFigure label={`Output power${known}`} text={quantity(power, "VA")} tone="info" />}
      {charge !== undefined && <BigFigure label={`Battery${known}`} text={quantity(charge, "%")} tone={batteryTone(charge)} part={charge} />}
      {runtime !== undefined && <BigFigure label={`Runtime${known}`} text={quantity(runtime, "s")} tone={isOnBattery ? "caution" : "info"} />}
    </dl>
  );
}
