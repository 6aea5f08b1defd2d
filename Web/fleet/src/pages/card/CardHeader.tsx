import { Icon } from "../../components/Icon";
import { StatusBadge } from "../../components/StatusBadge";
import { Ago } from "../../components/Times";
import { useRole } from "../../live/session";
import type { Card } from "../../types";
import { CardActions } from "./CardActions";
import { CardName } from "./CardName";

/** Who the card is. A fact that is not known is not there. */
function facts(card: Card): [label: string, value: string][] {
  const all: [string, string | null][] = [
    ["Kind", card.kind === "sts" ? "Static transfer system" : null], ["Serial", card.serial], ["MAC", card.mac], ["Generation", card.generation], ["Firmware", card.firmware], ["Agent", card.agent],
    ["Site", card.site], ["Location", card.location], ["Tags", card.tags.join(", ") || null],
  ];
  return all.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

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
        <StatusBadge status={card.status} />
        {card.model && <span className="card-model">{card.model}</span>}
        <span className="quiet">seen <Ago at={card.lastSeen} /></span>
      </div>
      {card.problem && <p className="note" data-tone="caution"><Icon name="warning" /><span>{card.problem}</span></p>}
      {card.warnings.map((warning) => (
        <p key={warning} className="note" data-tone="caution"><Icon name="warning" /><span>{warning}</span></p>
      ))}
      <dl className="facts">
        <div>
          <dt>Address</dt>
          <dd>
            {card.webPort ? <OwnPages address={card.address} port={card.webPort} /> : <span className="mono">{card.address}</span>}
          </dd>
        </div>
        {facts(card).map(([label, value]) => <div key={label}><dt>{label}</dt><dd>{value}</dd></div>)}
      </dl>
      {isOperator && <CardActions card={card} />}
    </header>
  );
}
