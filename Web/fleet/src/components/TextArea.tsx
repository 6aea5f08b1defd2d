import { useId } from "react";

interface Props { label: string; value: string; onChange: (value: string) => void; rows?: number; placeholder?: string; hint?: string; error?: string; isMono?: boolean }

/** A labelled field of several lines. */
export function TextArea({ label, value, onChange, rows = 3, placeholder, hint, error, isMono = true }: Props) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id} className={isMono ? "input mono" : "input"} rows={rows} spellCheck={false} placeholder={placeholder} value={value}
        aria-invalid={error ? true : undefined} aria-describedby={note ? `${id}-note` : undefined} onChange={(event) => onChange(event.target.value)}
      />
      {note && <span id={`${id}-note`} className={error ? "field-error" : "field-hint"} role={error ? "alert" : undefined}>{note}</span>}
    </div>
  );
}
