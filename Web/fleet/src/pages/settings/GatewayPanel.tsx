import { useCallback } from "react";
import { api } from "../../api";
import { Badge } from "../../components/Badge";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { Ago } from "../../components/Times";
import { useRepeat, useRequest } from "../../hooks/useRequest";
import { gatewayState } from "../../model/gateway";
import type { Gateway, GatewayPort } from "../../types/system";

const refresh = 5_000;

/** What part of the requests was answered without asking the card. */
function hits({ requests, cacheHits }: GatewayPort): string | null {
  return requests === 0 ? null : `${cacheHits.toLocaleString("en-GB")} (${Math.round((100 * cacheHits) / requests)}\u00a0%)`;
}

/** The Modbus gateway: one connection to each card, many clients. */
export function GatewayPanel() {
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<Gateway>("/gateway", signal), []));
  useRepeat(loaded.renew, refresh);
  return (
    <LoadedPanel
      title="Modbus gateway" what="a Modbus gateway" loaded={loaded}
      hint="A card allows one Modbus connection. The server holds it, and answers any number of clients: on a port of each card's own, or on the shared port where the unit tells the card. A card's port is set on its page."
    >
      {(gateway) => (
        <>
          <p>Shared port: {gateway.listen ? <span className="mono">{gateway.listen}</span> : "off. gateway.listen in the configuration turns it on."}</p>
          {gateway.problem && <p className="note" data-tone="bad">{gateway.problem}</p>}
          {gateway.items.length === 0 && <p className="quiet">No card has a Modbus port yet.</p>}
          {gateway.items.length > 0 && (
            <Table
              label="Modbus ports" items={gateway.items} keyOf={(item) => item.card}
              columns={[
                { label: "Card", isHead: true, cell: (item) => <a href={`#/cards/${item.card}`}>{item.name}</a> },
                { label: "Port", isNumber: true, cell: (item) => item.port },
                { label: "Unit", isNumber: true, cell: (item) => item.unit },
                { label: "Writes", cell: (item) => (item.writes ? "allowed" : "refused") },
                { label: "Connection", cell: (item) => <Badge tone={gatewayState(item.state).tone}>{gatewayState(item.state).word}</Badge> },
                { label: "Clients", isNumber: true, cell: (item) => item.clients },
                { label: "Requests", isNumber: true, cell: (item) => item.requests.toLocaleString("en-GB") },
                { label: "From the cache", isNumber: true, cell: hits },
                { label: "Waiting", isNumber: true, cell: (item) => item.queued },
                { label: "Last error", cell: (item) => item.lastError && <>{item.lastError}{item.lastErrorAt && <> <span className="quiet"><Ago at={item.lastErrorAt} /></span></>}</> },
              ]}
            />
          )}
        </>
      )}
    </LoadedPanel>
  );
}
