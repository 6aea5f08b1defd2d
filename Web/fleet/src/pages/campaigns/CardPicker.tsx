import { useMemo, useRef, useState } from "react";
import { StatusBadge } from "../../components/StatusBadge";
import { useFleetView } from "../../hooks/useFleet";
import { useVirtualRows } from "../../hooks/useVirtualRows";
import { noFilter } from "../../model/filter";
import { count } from "../../model/format";
import type { Card, Firmware } from "../../types";

const rowHeight = 44;
const byName = { key: "name", descending: false } as const;

interface Props { chosen: readonly number[]; onChange: (cards: number[]) => void; error?: string; format?: Firmware["format"] }

/** A vendor image is not for a CardAgent card, nor the other way round; everything else is for the dry run to say. */
function fits(card: Card, format: Firmware["format"] | undefined): boolean {
  return format === undefined || (card.generation === "CardAgent") === (format === "CardAgent");
}

export function CardPicker({ chosen, onChange, error, format }: Props) {
  const [text, setText] = useState("");
  const [onlyChosen, setOnlyChosen] = useState(false);
  const view = useFleetView({ ...noFilter, text }, byName);
  const body = useRef<HTMLDivElement>(null);
  const picked = useMemo(() => new Set(chosen), [chosen]);
  const shown = view.cards.filter((card) => (onlyChosen ? picked.has(card.id) : picked.has(card.id) || fits(card, format)));
  const { first, last } = useVirtualRows(body, shown.length, rowHeight);
  const toggle = (id: number) => onChange(picked.has(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <section className="panel picker" aria-labelledby="picker-title">
      <div className="section-head">
        <h2 id="picker-title">Cards</h2>
        <span role="status" className="quiet">{count(chosen.length, "card")} chosen</span>
      </div>
      {error && <p className="field-error" role="alert">{error}</p>}
      <div className="picker-bar">
        <input className="input" type="search" aria-label="Filter cards" placeholder="Filter: name, model, firmware, site…" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="button" className="button" onClick={() => onChange([...new Set([...chosen, ...shown.map((card) => card.id)])])}>Choose {shown.length.toLocaleString("en-GB")} shown</button>
        <button type="button" className="button" disabled={chosen.length === 0} onClick={() => onChange([])}>Choose none</button>
      </div>
      <label className="check"><input type="checkbox" checked={onlyChosen} onChange={(event) => setOnlyChosen(event.target.checked)} />Only chosen cards</label>
      <div className="picker-list" tabIndex={0} role="group" aria-label="Cards to choose from">
        <div ref={body} className="picker-body" style={{ height: `${shown.length * rowHeight}px` }}>
          {shown.slice(first, last).map((card, offset) => (
            <label key={card.id} className="picker-row" style={{ transform: `translateY(${(first + offset) * rowHeight}px)` }}>
              <input type="checkbox" checked={picked.has(card.id)} onChange={() => toggle(card.id)} />
              <span className="picker-name">{card.name}<span className="quiet mono">{card.address}</span></span>
              <StatusBadge status={card.status} />
              <span className="quiet">{[card.generation, card.firmware].filter(Boolean).join(" ")}</span>
            </label>
          ))}
        </div>
        {shown.length === 0 && <p className="quiet">{view.isComplete ? "No card matches." : "Reading the list of cards…"}</p>}
      </div>
    </section>
  );
}
