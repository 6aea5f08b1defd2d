interface Props<Value extends string> {
  label: string;
  options: readonly (readonly [value: Value, label: string, hint?: string])[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
  /** Beside each other, for short words. */
  isRow?: boolean;
}

/** Several choices of a list, in the list's order. */
export function Checks<Value extends string>({ label, options, chosen, onChange, isRow = false }: Props<Value>) {
  const toggle = (value: Value, isOn: boolean) =>
    onChange(options.map(([each]) => each).filter((each) => (each === value ? isOn : chosen.includes(each))));
  return (
    <fieldset className={isRow ? "field checks checks-row" : "field checks"}>
      <legend>{label}</legend>
      {options.map(([value, word, hint]) => (
        <label key={value} className="check">
          <input type="checkbox" checked={chosen.includes(value)} onChange={(event) => toggle(value, event.target.checked)} />
          <span>{word}{hint && <span className="quiet">{hint}</span>}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** One choice that is on or off. */
export function Check({ label, checked, onChange, isDisabled = false }: { label: string; checked: boolean; onChange: (isOn: boolean) => void; isDisabled?: boolean }) {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} disabled={isDisabled} onChange={(event) => onChange(event.target.checked)} /><span>{label}</span>
    </label>
  );
}
