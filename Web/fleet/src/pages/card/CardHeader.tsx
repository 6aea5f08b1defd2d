import { Absent, orDash } from "../../components/Absent";
import { Badge } from "../../components/Badge";
import { Icon } from "../../components/Icon";
import { StatusBadge } from "../../components/StatusBadge";
import { Ago, Moment } from "../../components/Times";
import { useRole } from "../../live/session";
import type { Card } from "../../types";
import { CardActions } from "./CardActions";
import { CardName } from "./CardName";
import { OtherCard } from "./OtherCard";

function OwnPages({ address, port }: { address: string; port: number }) {
  return (
    <a className="mono" href={`http://${address}${port === 80 ? "" : `:${port}`}/`} target="_blank" rel="noreferrer noopener">
      {address}<Icon name="open" /><span className="visually-hidden"> (the card's own pages, new tab)</span>
    </a>
  );
}

function Retired({ card, since }: { card: Card; since: string }) {
  return (
    <p className="note" data-tone="info">
      <span>
        Retired since <Moment at={since} />. The card is no longer watched; its history stays here.
        {card.successor != null && <> Its place was taken by <OtherCard id={card.successor} />.</>}
      </span>
    </p>
  );
}

export function CardHeader({ card }: { card: Card }) {
  const mayChange = useRole("operator") && !card.retiredAt;
  return (
    <header className="card-header">
      <nav aria-label="Breadcrumb" className="breadcrumb"><a href="#/cards">Cards</a></nav>
      <div className="card-title">
        <CardName card={card} canEdit={mayChange} />
        {card.retiredAt ? <Badge tone="muted">Retired</Badge> : <StatusBadge status={card.status} reason={card.problem} />}
        {card.model && <span className="card-model">{card.model}</span>}
        <span className="quiet">answered <Ago at={card.lastSeen} /></span>
      </div>
      {card.retiredAt && <Retired card={card} since={card.retiredAt} />}
      {card.problem && !card.retiredAt && <p className="note" data-tone="caution"><Icon name="warning" /><span>{card.problem}</span></p>}
      {!card.retiredAt && card.warnings?.map((warning) => (
        <p key={warning} className="note" data-tone="caution"><Icon name="warning" /><span>{warning}</span></p>
      ))}
      <dl className="facts">
        <div><dt>Address</dt><dd>{card.webPort ? <OwnPages address={card.address} port={card.webPort} /> : <span className="mono">{card.address}</span>}</dd></div>
        <div><dt>Site</dt><dd>{card.site ? <a href={`#/cards?${new URLSearchParams({ site: card.site })}`}>{card.site}</a> : <Absent />}</dd></div>
        <div><dt>Location</dt><dd>{orDash(card.location)}</dd></div>
        <div><dt>Serial</dt><dd>{orDash(card.serial)}</dd></div>
        <div><dt>Firmware</dt><dd>{[card.generation, card.firmware].filter(Boolean).join(" ")}</dd></div>
      </dl>
      {mayChange && <CardActions card={card} />}
    </header>
  );
}
