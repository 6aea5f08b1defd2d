import { quantity } from "../model/format";
import type { Tone } from "../model/status";
import { Absent } from "./Absent";

interface Props { value: number | undefined; tone?: Tone }

/** A percentage as number and bar; a dash where the value is absent. */
export function Meter({ value, tone = "info" }: Props) {
  if (value === undefined) return <Absent />;
  return (
    <span className="meter" data-tone={tone}>
      <span className="meter-value">{quantity(value, "%")}</span>
      <span className="meter-track" aria-hidden="true">
        <span className="meter-fill" style={{ width: `${Math.min(100, Math.max(0, value))}%` }} />
      </span>
    </span>
  );
}

/** From 90 % on a load is worth a look, above 100 % it is too much (the card's own synoptic says so too). */
export function loadTone(load: number | undefined): Tone {
  if (load === undefined || load <= 90) return "info";
  return load <= 100 ? "caution" : "bad";
}

export function batteryTone(charge: number | undefined): Tone {
  if (charge === undefined || charge > 50) return "good";
  return charge > 20 ? "caution" : "bad";
}
