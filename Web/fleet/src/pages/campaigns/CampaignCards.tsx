import { useRef, useState } from "react";
import { narrow, useMedia } from "../../hooks/useMedia";
import { useVirtualRows } from "../../hooks/useVirtualRows";
import { allStates, stepTone, stepWord } from "../../model/campaign";
import type { CampaignCard, StepState } from "../../types";
import { StepIndicator } from "./StepIndicator";

/** Wave 0 is the canary. */
function waveWord(wave: number | null): string {
  if (wave === 0) return "Canary";
  return wave ? `Wave ${wave}` : "";
}

function Row({ card, top, index }: { card: CampaignCard; top: number; index: number }) {
  const version = [card.fromVersion, card.toVersion].filter(Boolean).join(" → ");
  return (
    <div role="row" className="campaign-row" aria-rowindex={index + 2} style={{ transform: `translateY(${top}px)` }}>
      <div role="cell" className="campaign-row-name"><a href={`#/cards/${card.card}`}>{card.name}</a><span className="quiet mono">{card.address}</span></div>
      <div role="cell" className="campaign-row-step"><StepIndicator state={card.state} progress={card.progress} /></div>
      <div role="cell" className="campaign-row-version">{version}</div>
      <div role="cell" className="campaign-row-wave">{waveWord(card.wave)}</div>
      <div role="cell" className="campaign-row-error">{card.error}</div>
    </div>
  );
}

/** The cards of a campaign with their steps; the counts filter. */
export function CampaignCards({ cards }: { cards: readonly CampaignCard[] }) {
  const [wanted, setWanted] = useState<StepState | null>(null);
  const rowHeight = useMedia(narrow) ? 104 : 48;
  const body = useRef<HTMLDivElement>(null);
  const shown = wanted === null ? cards : cards.filter((card) => card.state === wanted);
  const { first, last } = useVirtualRows(body, shown.length, rowHeight);
  const count = (state: StepState) => cards.reduce((sum, card) => sum + (card.state === state ? 1 : 0), 0);
  return (
    <section className="panel" aria-labelledby="campaign-cards">
      <h2 id="campaign-cards">Cards</h2>
      <div className="chips" role="group" aria-label="Filter by step">
        <button type="button" className="chip" data-tone="muted" aria-pressed={wanted === null} onClick={() => setWanted(null)}>All<span className="chip-count">{cards.length}</span></button>
        {allStates.filter((state) => count(state) > 0 || state === wanted).map((state) => (
          <button key={state} type="button" className="chip" data-tone={stepTone(state)} aria-pressed={wanted === state} onClick={() => setWanted(wanted === state ? null : state)}>
            {stepWord[state]}<span className="chip-count">{count(state)}</span>
          </button>
        ))}
      </div>
      <div className="campaign-table" role="table" aria-label="Cards of this campaign" aria-rowcount={shown.length + 1}>
        <div role="row" className="campaign-row campaign-row-head" aria-rowindex={1}>
          {["Card", "Step", "Version", "Wave", "Result"].map((word) => <div key={word} role="columnheader">{word}</div>)}
        </div>
        <div ref={body} role="rowgroup" className="campaign-table-body" style={{ height: `${shown.length * rowHeight}px` }}>
          {shown.slice(first, last).map((card, offset) => <Row key={card.card} card={card} index={first + offset} top={(first + offset) * rowHeight} />)}
        </div>
      </div>
    </section>
  );
}
