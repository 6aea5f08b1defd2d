import { useState, type ReactNode } from "react";
import { orDash } from "../../components/Absent";
import { Moment } from "../../components/Times";
import { useCard } from "../../hooks/useFleet";
import { useRole } from "../../live/session";
import { kindWord } from "../../model/transfer";
import type { Card } from "../../types";
import { InheritDialog } from "./InheritDialog";
import { OrganiseDialog } from "./OrganiseDialog";

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

/** A link to another card, by its name where it is in the list. */
function Other({ id }: { id: number }) {
  const card = useCard(id);
  return <a href={`#/cards/${id}`}>{card?.name ?? `card ${id}`}</a>;
}

/** Who the card is, what place it has, and whose place that was. */
export function IdentityPanel({ card, onChanged }: { card: Card; onChanged: (card: Card) => void }) {
  const isOperator = useRole("operator");
  const [open, setOpen] = useState<"organise" | "inherit" | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="panel" aria-labelledby="identity-title">
      <div className="section-head">
        <h2 id="identity-title">Identity</h2>
        {isOperator && <button type="button" className="button button-small" onClick={() => setOpen("organise")}>Site and tags…</button>}
      </div>
      {card.place && (
        <div className="note" data-tone="info">
          <span>It answers where <Other id={card.place.card} /> was, which is silent.</span>
          {isOperator && <button type="button" className="button button-small" onClick={() => setOpen("inherit")}>Take its place…</button>}
        </div>
      )}
      <dl className="figures">
        <Row label="MAC"><span className="mono">{orDash(card.mac)}</span></Row>
        <Row label="Serial">{orDash(card.serial)}</Row>
        <Row label="Kind">{kindWord(card.kind)}</Row>
        <Row label="Generation">{card.generation}</Row>
        <Row label="Firmware">{orDash(card.firmware)}</Row>
        <Row label="Agent">{orDash(card.agent)}</Row>
        <Row label="Site">{card.site ? <a href={`#/cards?${new URLSearchParams({ site: card.site })}`}>{card.site}</a> : orDash(null)}</Row>
        <Row label="Tags">{orDash(card.tags.join(", "))}</Row>
        <Row label="Location">{orDash(card.location)}</Row>
        {card.predecessor != null && <Row label="Took the place of"><Other id={card.predecessor} /></Row>}
        {card.successor != null && <Row label="Its place was taken by"><Other id={card.successor} /></Row>}
        {card.createdAt && <Row label="In the fleet since"><Moment at={card.createdAt} /></Row>}
      </dl>
      {open === "organise" && <OrganiseDialog card={card} onClose={close} onChanged={onChanged} />}
      {open === "inherit" && card.place && <InheritDialog card={card} place={card.place} onClose={close} onChanged={onChanged} />}
    </section>
  );
}
