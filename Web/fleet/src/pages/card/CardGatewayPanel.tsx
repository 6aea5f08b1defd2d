import { useCallback, useState } from "react";
import { api } from "../../api";
import { Badge } from "../../components/Badge";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Ago } from "../../components/Times";
import { useRepeat, useRequest } from "../../hooks/useRequest";
import { useRole } from "../../live/session";
import { gatewayState } from "../../model/gateway";
import type { Card } from "../../types";
import type { Gateway, GatewayPort } from "../../types/system";
import { GatewayDialog } from "./GatewayDialog";

const refresh = 5_000;

function Figures({ item }: { item: GatewayPort }) {
  return (
    <dl className="figures">
      <div><dt>Connection to the card</dt><dd><Badge tone={gatewayState(item.state).tone}>{gatewayState(item.state).word}</Badge></dd></div>
      <div><dt>Clients</dt><dd>{item.clients.toLocaleString("en-GB")}</dd></div>
      <div><dt>Requests</dt><dd>{item.requests.toLocaleString("en-GB")}</dd></div>
      <div><dt>Answered from the cache</dt><dd>{item.cacheHits.toLocaleString("en-GB")}</dd></div>
      <div><dt>Waiting</dt><dd>{item.queued.toLocaleString("en-GB")}</dd></div>
    </dl>
  );
}

/** The card's door for Modbus clients. */
export function CardGatewayPanel({ card, onChanged }: { card: Card; onChanged: (card: Card) => void }) {
  const isOperator = useRole("operator");
  const [isChanging, setChanging] = useState(false);
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<Gateway>("/gateway", signal), []));
  useRepeat(loaded.renew, refresh);
  const door = card.gateway;
  return (
    <LoadedPanel
      title="Modbus gateway" what="a Modbus gateway" loaded={loaded}
      action={isOperator && <button type="button" className="button button-small" onClick={() => setChanging(true)}>{door ? "Change…" : "Set up…"}</button>}
    >
      {(gateway) => {
        const item = gateway.items.find((each) => each.card === card.id);
        return (
          <>
            {!door && <p className="quiet">Modbus clients have no port to this card. With one, any number of them share the card's only connection.</p>}
            {door && (
              <dl className="figures">
                {door.port != null && <div><dt>Port of its own</dt><dd className="mono">{gateway.host ? `${gateway.host}:` : ""}{door.port}</dd></div>}
                {door.unit != null && <div><dt>Unit of the shared port</dt><dd><span className="mono">{door.unit}</span>{gateway.listen ? <> on <span className="mono">{gateway.listen}</span></> : <span className="quiet"> (the shared port is off)</span>}</dd></div>}
                <div><dt>Writes</dt><dd>{door.writes ? "allowed" : "refused"}</dd></div>
              </dl>
            )}
            {item && <Figures item={item} />}
            {item?.lastError && (item.lastErrorAt && item.state !== "unreachable" && item.state !== "occupied"
              ? <p className="quiet">Last error <Ago at={item.lastErrorAt} />: {item.lastError}</p>
              : <p className="note" data-tone="caution">{item.lastError}</p>)}
            {isChanging && <GatewayDialog card={card} onClose={() => setChanging(false)} onChanged={onChanged} />}
          </>
        );
      }}
    </LoadedPanel>
  );
}
