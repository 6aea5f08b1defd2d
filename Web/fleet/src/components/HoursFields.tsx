import { hoursFault, weekdayOptions } from "../model/hours";
import type { WeeklyHours } from "../types/notifications";
import { Checks } from "./Checks";
import { Field } from "./Field";

/** Hours of the week; no day chosen is every day. */
export function HoursFields({ label, hours, onChange }: { label: string; hours: WeeklyHours; onChange: (hours: WeeklyHours) => void }) {
  const fault = hoursFault(hours);
  return (
    <fieldset className="field">
      <legend className="visually-hidden">{label}</legend>
      <Checks isRow label="On these days (none: every day)" options={weekdayOptions} chosen={hours.days} onChange={(days) => onChange({ ...hours, days })} />
      <div className="form-grid">
        <Field label="From" type="time" value={hours.from} onChange={(from) => onChange({ ...hours, from })} />
        <Field label="To" type="time" value={hours.to} onChange={(to) => onChange({ ...hours, to })} hint={hours.to <= hours.from ? "On the next day." : undefined} />
        <Field label="Time zone" spellCheck={false} value={hours.zone} onChange={(zone) => onChange({ ...hours, zone })} />
      </div>
      {fault && <p className="field-error" role="alert">{fault}</p>}
    </fieldset>
  );
}
