import { useId, type InputHTMLAttributes, type ReactNode } from "react";

interface Props extends Omit<InputHTMLAttributes<HTMLInputElement>, "onChange" | "value"> {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: ReactNode;
  error?: string;
}

/** A labelled text field with its hint and its error. */
export function Field({ label, value, onChange, hint, error, ...input }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input} id={id} className="input" value={value} aria-invalid={error ? true : undefined}
        aria-describedby={hint || error ? `${id}-note` : undefined} onChange={(event) => onChange(event.target.value)}
      />
      {(hint || error) && <span id={`${id}-note`} className={error ? "field-error" : "field-hint"}>{error ?? hint}</span>}
    </div>
  );
}

interface ChoiceProps { label: string; value: string; onChange: (value: string) => void; options: [value: string, label: string][]; error?: string }

/** A labelled list of choices. */
export function Choice({ label, value, onChange, options, error }: ChoiceProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id} className="input" value={value} aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-note` : undefined} onChange={(event) => onChange(event.target.value)}
      >
        {options.map(([key, text]) => <option key={key} value={key}>{text}</option>)}
      </select>
      {error && <span id={`${id}-note`} className="field-error">{error}</span>}
    </div>
  );
}
