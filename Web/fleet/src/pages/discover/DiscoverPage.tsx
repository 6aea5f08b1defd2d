import { useCallback } from "react";
import { list } from "../../api";
import { Badge } from "../../components/Badge";
import { Empty } from "../../components/Empty";
import { ErrorNote } from "../../components/ErrorNote";
import { PageHead } from "../../components/PageHead";
import { Moment } from "../../components/Times";
import { useRequest } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { useRole } from "../../live/session";
import { count } from "../../model/format";
import type { Tone } from "../../model/status";
import type { Discovery } from "../../types";
import { DiscoveryForm } from "./DiscoveryForm";
import { DiscoveryPanel } from "./DiscoveryPanel";

const tones: Record<Discovery["state"], Tone> = { running: "info", done: "good", failed: "bad", cancelled: "muted" };
const words: Record<Discovery["state"], string> = { running: "Running", done: "Done", failed: "Failed", cancelled: "Cancelled" };

function Earlier({ discoveries, id }: { discoveries: readonly Discovery[]; id: number | null }) {
  return (
    <ul className="link-list">
      {discoveries.map((discovery) => (
        <li key={discovery.id}>
          <a href={`#/discover/${discovery.id}`} aria-current={discovery.id === id ? "true" : undefined}>
            <Badge tone={tones[discovery.state]}>{words[discovery.state]}</Badge>
            <span className="link-list-main">{discovery.ranges.join(", ") || "Local network"}</span>
            <span className="quiet">{count(discovery.found, "card")} found, <Moment at={discovery.startedAt} /></span>
          </a>
        </li>
      ))}
    </ul>
  );
}

/** Finding cards: a form, what is being found, and earlier rounds. Without an id the newest round is shown. */
export function DiscoverPage({ id }: { id: number | null }) {
  const isOperator = useRole("operator");
  const { value, error, reload, update } = useRequest(useCallback((signal: AbortSignal) => list<Discovery>("/discoveries", signal), []));
  useStream("discovery", (batch) => {
    const known = new Set(value?.map((discovery) => discovery.id));
    if (batch.some((event) => !known.has(event.discovery))) return reload();
    update((discoveries) => discoveries.map((each) => {
      const event = batch.find((candidate) => candidate.discovery === each.id);
      return event ? { ...each, ...event, id: each.id } : each;
    }));
  });
  const discoveries = [...(value ?? [])].sort((a, b) => b.id - a.id);
  const shown = id === null ? discoveries[0] : discoveries.find((discovery) => discovery.id === id);
  return (
    <div className="page">
      <PageHead title="Discover" />
      <ErrorNote text={error} retry={reload} />
      <div className="columns">
        <div className="column-side">
          {isOperator && <DiscoveryForm onStarted={reload} />}
          {discoveries.length > 0 && <section className="panel" aria-labelledby="earlier"><h2 id="earlier">Rounds</h2><Earlier discoveries={discoveries} id={shown?.id ?? null} /></section>}
        </div>
        <div className="column-main">
          {shown && <DiscoveryPanel key={shown.id} discovery={shown} canDecide={isOperator} />}
          {!shown && value && <Empty title={id === null ? "No discovery yet." : "There is no such discovery."}><p className="quiet">Cards are found by the LAN protocol and by asking addresses over SNMP.</p></Empty>}
        </div>
      </div>
    </div>
  );
}
