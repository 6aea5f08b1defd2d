import { useState } from "react";
import { Disclosure } from "./Disclosure";
import { Icon } from "./Icon";

export interface MenuChoice { value: string; word: string; count?: number }
interface Props { title: string; choices: readonly MenuChoice[]; chosen: readonly string[]; onChange: (chosen: string[]) => void }

/** A chip that opens a list of choices, with a search where they are many. */
export function ChoiceMenu({ title, choices, chosen, onChange }: Props) {
  const [text, setText] = useState("");
  const shown = choices.filter(({ word }) => word.toLowerCase().includes(text.toLowerCase()));
  const toggle = (value: string) => onChange(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  const wordOf = (value: string) => choices.find((choice) => choice.value === value)?.word ?? value;
  const label = chosen.length === 0 ? title : `${title}: ${chosen.map(wordOf).join(", ")}`;
  return (
    <Disclosure label={<><span className="chip-text">{label}</span><Icon name="expand" /></>} isActive={chosen.length > 0}>
      {choices.length > 8 && (
        <input className="input" type="search" aria-label={`Find a ${title.toLowerCase()}`} placeholder="Find…" value={text} onChange={(event) => setText(event.target.value)} />
      )}
      <fieldset className="facet-list">
        <legend className="visually-hidden">{title}</legend>
        {shown.map(({ value, word, count }) => (
          <label key={value} className="check">
            <input type="checkbox" checked={chosen.includes(value)} onChange={() => toggle(value)} />
            <span>{word}</span>{count !== undefined && <span className="quiet">{count.toLocaleString("en-GB")}</span>}
          </label>
        ))}
        {shown.length === 0 && <p className="quiet">{choices.length === 0 ? "There are none yet." : "None is called that."}</p>}
      </fieldset>
      {chosen.length > 0 && <button type="button" className="button button-small" onClick={() => onChange([])}>Any {title.toLowerCase()}</button>}
    </Disclosure>
  );
}
