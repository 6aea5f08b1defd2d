import { useMemo, useState } from "react";
import { useFleetVersion } from "../hooks/useFleet";
import { fleet } from "../live/feed";
import { textMatcher } from "../model/filter";
import { silentCards, type Newcomer } from "../model/swap";
import { Ago } from "./Times";

interface Props {
  newcomer: Newcomer;
  chosen: number | null;
  onChoose: (card: number) => void;
}

/** So many are shown; the text finds the others. */
const shownAtMost = 20;

/** Chooses the card that is replaced, among those that do not answer. */
export function SilentCardPicker({ newcomer, chosen, onChoose }: Props) {
  const [text, setText] = useState("");
  const version = useFleetVersion(2_000);
  const silent = useMemo(() => silentCards(fleet.all(), newcomer), [version, newcomer.id, newcomer.kind, newcomer.place]);
  const found = silent.filter(textMatcher(text));
  const shown = found.slice(0, shownAtMost);
  if (silent.length === 0) return <p className="quiet">No card is silent now. A card can be replaced once it is unreachable.</p>;
  return (
    <div className="field">
      {silent.length > 5 && (
        <input className="input" type="search" aria-label="Find a silent card" placeholder="Name, address, serial, site…" value={text} onChange={(event) => setText(event.target.value)} />
      )}
      <fieldset className="facet-list">
        <legend className="visually-hidden">Silent cards</legend>
        {shown.map((card) => (
          <label key={card.id} className="check">
            <input type="radio" name="silent-card" checked={card.id === chosen} onChange={() => onChoose(card.id)} />
            <span>
              {card.name} <span className="mono">{card.address}</span>
              <span className="quiet">{[card.site, card.model, card.serial].filter(Boolean).map((each) => `${each}, `)}answered <Ago at={card.lastSeen} /></span>
            </span>
          </label>
        ))}
        {shown.length === 0 && <p className="quiet">No silent card matches.</p>}
      </fieldset>
      {found.length > shown.length && <p className="quiet">{shown.length} of {found.length.toLocaleString("en-GB")}: type a name or an address to find another.</p>}
    </div>
  );
}
