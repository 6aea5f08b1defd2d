import { useEffect, useRef } from "react";
import { api, sentence } from "../../api";
import { Badge } from "../../components/Badge";
import { ErrorNote } from "../../components/ErrorNote";
import { useAction } from "../../hooks/useAction";
import { useList } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { discoveryTitle, discoveryTone, discoveryWord } from "../../model/discovery";
import type { Discovery, FoundCard } from "../../types/discovery";
import { DiscoveryProgress } from "./DiscoveryProgress";
import { FoundTable } from "./FoundTable";

/** While a search runs, what it found is read again this often at most; more of it, more seldom. */
function pauseFor(found: number): number {
  return found > 500 ? 5_000 : 1_000;
}

/** The found cards, read again when the search's figures change. */
function useFound(discovery: Discovery) {
  const found = useList<FoundCard>(`/discoveries/${discovery.id}/cards`);
  const { reload } = found;
  const last = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      last.current = performance.now();
      reload();
    }, Math.max(0, pauseFor(discovery.found) - (performance.now() - last.current)));
    return () => clearTimeout(timer);
  }, [discovery.found, discovery.state, reload]);
  return found;
}

interface Props { discovery: Discovery; canDecide: boolean; onChanged: () => void }

/** One search: how far it is, by method, and what it has found. */
export function DiscoveryPanel({ discovery, canDecide, onChanged }: Props) {
  const found = useFound(discovery);
  const cancelling = useAction();
  const isRunning = discovery.state === "running";
  const cancel = () => cancelling.run(async () => {
    await api.create(`/discoveries/${discovery.id}/cancel`);
    onChanged();
  });
  const decide = async (card: FoundCard, verb: "accept" | "ignore") => {
    try {
      await api.create(`/discoveries/${discovery.id}/cards/${card.number}/${verb}`);
      found.reload();
    } catch (error) {
      notify(sentence(error), "bad");
    }
  };
  return (
    <section className="panel" aria-labelledby="discovery-title">
      <div className="section-head">
        <h2 id="discovery-title">{discoveryTitle(discovery)}</h2>
        <span className="row-actions">
          <Badge tone={discoveryTone[discovery.state]}>{discoveryWord[discovery.state]}</Badge>
          {isRunning && canDecide && <button type="button" className="button button-small" disabled={cancelling.isBusy} onClick={() => void cancel()}>Cancel search</button>}
        </span>
      </div>
      <DiscoveryProgress discovery={discovery} />
      <ErrorNote text={cancelling.error} />
      <ErrorNote text={discovery.error} />
      <ErrorNote text={found.error} retry={found.reload} />
      {found.value && (found.value.length > 0
        ? <FoundTable cards={found.value} canDecide={canDecide} onDecide={decide} />
        : <p className="quiet">{isRunning ? "No card found yet." : "No card was found. Check the ranges, the credentials, and that SNMP is on."}</p>)}
    </section>
  );
}
