import type { PollText } from "../model/polling";
import { Check } from "./Checks";
import { Field } from "./Field";

interface Props { text: PollText; onChange: (text: PollText) => void; fault: string | null; label?: string }

/** How often cards are asked; or not said here, and then what is said elsewhere counts. */
export function PollFields({ text, onChange, fault, label = "Own intervals, instead of the group's or the configuration's" }: Props) {
  return (
    <>
      <Check label={label} checked={text.isOwn} onChange={(isOwn) => onChange({ ...text, isOwn })} />
      {text.isOwn && (
        <div className="form-grid">
          <Field label="Status, every … s" inputMode="numeric" value={text.status} onChange={(status) => onChange({ ...text, status })} />
          <Field label="All values, every … s" inputMode="numeric" value={text.full} onChange={(full) => onChange({ ...text, full })} />
        </div>
      )}
      {fault && <p className="field-error" role="alert">{fault}</p>}
    </>
  );
}
