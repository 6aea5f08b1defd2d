import { useCallback, useEffect, useRef } from "react";
import { api, list, sentence } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Progress } from "../../components/Progress";
import { useRequest } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { count } from "../../model/format";
import type { Discovery, FoundCard } from "../../types";
import { FoundTable } from "./FoundTable";

/** While a round runs, what it found is read again this often at most. */
const pause = 1_000;

/** The found cards, read again when the round's figures change. */
function useFound(discovery: Discovery) {
  const path = `/discoveries/${discovery.id}/cards`;
  const found = useRequest(useCallback((signal: AbortSignal) => list<FoundCard>(path, signal), [path]));
  const { reload } = found;
  const last = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      last.current = performance.now();
      reload();
    }, Math.max(0, pause - (performance.now() - last.current)));
    return () => clearTimeout(timer);
  }, [discovery.found, discovery.state, reload]);
  return found;
}

export function DiscoveryPanel({ discovery, canDecide }: { discovery: Discovery; canDecide: boolean }) {
  const found = useFound(discovery);
  const isRunning = discovery.state === "running";
  const text = `${discovery.probed.toLocaleString("en-GB")} of ${count(discovery.total, "address", "addresses")} asked, ${count(discovery.found, "card")} found`;
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
        <h2 id="discovery-title">{discovery.ranges.join(", ") || "Local network"}</h2>
        <span className="quiet" role="status">{isRunning ? "Running: " : ""}{text}</span>
      </div>
      <Progress label="Addresses asked" total={discovery.total} text={text} parts={[{ key: "probed", count: discovery.probed, tone: isRunning ? "info" : "good" }]} />
      <ErrorNote text={discovery.error} />
      <ErrorNote text={found.error} retry={found.reload} />
      {found.value && (found.value.length > 0
        ? <FoundTable cards={found.value} canDecide={canDecide} onDecide={decide} />
        : <p className="quiet">{isRunning ? "No card found yet." : "No card was found. Check the ranges and the SNMP community."}</p>)}
    </section>
  );
}
