import { Absent, orDash } from "../../components/Absent";
import { Icon } from "../../components/Icon";
import { StatusBadge } from "../../components/StatusBadge";
import { Ago } from "../../components/Times";
import { useRole } from "../../live/session";
import type { Card } from "../../types";
import { CardActions } from "./CardActions";
import { CardName } from "./CardName";

function OwnPages({ address, port }: { address: string; port: number }) {
  return (
    <a className="mono" href={`http://${address}${port === 80 ? "" : `:${port}`}/`} target="_blank" rel="noreferrer noopener">
      {address}<Icon name="open" /><span className="visually-hidden"> (the card's own pages, new tab)</span>
    </a>
  );
}

export function CardHeader({ card }: { card: Card }) {
  const isOperator = useRole("operator");
  return (
    <header className="card-header">
      <nav aria-label="Breadcrumb" className="breadcrumb"><a href="#/cards">Cards</a></nav>
      <div className="card-title">
        <CardName card={card} canEdit={isOperator} />
        <StatusBadge status={card.status} reason={card.problem} />
        {card.model && <span className="card-model">{card.model}</span>}
        <span className="quiet">answered <Ago at={card.lastSeen} /></span>
      </div>
      {card.problem && <p className="note" data-tone="caution"><Icon name="warning" /><span>{card.problem}</span></p>}
      {card.warnings?.map((warning) => (
        <p key={warning} className="note" data-tone="caution"><Icon name="warning" /><span>{warning}</span></p>
      ))}
      <dl className="facts">
        <div><dt>Address</dt><dd>{card.webPort ? <OwnPages address={card.address} port={card.webPort} /> : <span className="mono">{card.address}</span>}</dd></div>
        <div><dt>Site</dt><dd>{card.site ? <a href={`#/cards?${new URLSearchParams({ site: card.site })}`}>{card.site}</a> : <Absent />}</dd></div>
        <div><dt>Location</dt><dd>{orDash(card.location)}</dd></div>
        <div><dt>Serial</dt><dd>{orDash(card.serial)}</dd></div>
        <div><dt>Firmware</dt><dd>{[card.generation, card.firmware].filter(Boolean).join(" ")}</dd></div>
      </dl>
      {isOperator && <CardActions card={card} />}
    </header>
  );
}
