interface Props<Value extends string> { label: string; options: readonly (readonly [value: Value, word: string])[]; chosen: Value; onChange: (value: Value) => void }

/** One choice of a few, all of them seen. */
export function Segments<Value extends string>({ label, options, chosen, onChange }: Props<Value>) {
  return (
    <div className="segments" role="group" aria-label={label}>
      {options.map(([value, word]) => <button key={value} type="button" aria-pressed={value === chosen} onClick={() => onChange(value)}>{word}</button>)}
    </div>
  );
}
