import { useState, type ReactNode } from "react";
import { orDash } from "../../components/Absent";
import { Moment } from "../../components/Times";
import { useRole } from "../../live/session";
import { kindWord } from "../../model/transfer";
import type { Card } from "../../types";
import { InheritDialog } from "./InheritDialog";
import { OrganiseDialog } from "./OrganiseDialog";
import { OtherCard } from "./OtherCard";

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{children}</dd></div>;
}

/** Who the card is, what place it has, and whose place that was. */
export function IdentityPanel({ card, onChanged }: { card: Card; onChanged: (card: Card) => void }) {
  const mayChange = useRole("operator") && !card.retiredAt;
  const [open, setOpen] = useState<"organise" | "inherit" | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="panel" aria-labelledby="identity-title">
      <div className="section-head">
        <h2 id="identity-title">Identity</h2>
        {mayChange && (
          <span className="row-actions">
            <button type="button" className="button button-small" onClick={() => setOpen("organise")}>Site and tags…</button>
            <button type="button" className="button button-small" onClick={() => setOpen("inherit")}>Replaces a card…</button>
          </span>
        )}
      </div>
      {card.place && (
        <div className="note" data-tone="info">
          <span>It answers where <OtherCard id={card.place.card} /> was, which is silent.</span>
          {mayChange && <button type="button" className="button button-small" onClick={() => setOpen("inherit")}>Take its place…</button>}
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
        {card.predecessor != null && <Row label="Took the place of"><OtherCard id={card.predecessor} /></Row>}
        {card.successor != null && <Row label="Its place was taken by"><OtherCard id={card.successor} /></Row>}
        {card.createdAt && <Row label="In the fleet since"><Moment at={card.createdAt} /></Row>}
        {card.retiredAt && <Row label="Retired"><Moment at={card.retiredAt} /></Row>}
      </dl>
      {open === "organise" && <OrganiseDialog card={card} onClose={close} onChanged={onChanged} />}
      {open === "inherit" && <InheritDialog card={card} onClose={close} onChanged={onChanged} />}
    </section>
  );
}
