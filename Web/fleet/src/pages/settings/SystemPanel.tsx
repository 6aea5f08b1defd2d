import { Badge } from "../../components/Badge";
import { Absent, orDash } from "../../components/Absent";
import { Missing } from "../../components/LoadedPanel";
import { Moment } from "../../components/Times";
import { useSignal } from "../../live/signal";
import { system } from "../../live/system";
import { namedFigures } from "../../model/facts";
import { bytes } from "../../model/format";
import type { Tone } from "../../model/status";
import type { Storage, System } from "../../types/system";

const tones: Record<Storage["state"], Tone> = { ok: "good", full: "bad", failing: "bad" };
const words: Record<Storage["state"], string> = { ok: "OK", full: "Disk full", failing: "Failing" };
const databases: Record<string, string> = { sqlite: "SQLite, beside the server", postgresql: "PostgreSQL" };

function StorageFigures({ storage }: { storage: Storage }) {
  return (
    <section className="panel" aria-labelledby="storage-title">
      <div className="section-head"><h2 id="storage-title">History store</h2><Badge tone={tones[storage.state] ?? "muted"}>{words[storage.state] ?? storage.state}</Badge></div>
      {storage.problem && <p className="note" data-tone="bad">{storage.problem}</p>}
      <dl className="figures">
        {storage.state !== "ok" && storage.since && <div><dt>Since</dt><dd><Moment at={storage.since} /></dd></div>}
        <div><dt>Size of the history</dt><dd>{storage.telemetryBytes == null ? <Absent /> : bytes(storage.telemetryBytes)}</dd></div>
        {storage.telemetrySamples != null && <div><dt>Samples</dt><dd>{storage.telemetrySamples.toLocaleString("en-GB")}</dd></div>}
        {storage.lostSamples ? <div><dt>Samples lost since the start</dt><dd>{storage.lostSamples.toLocaleString("en-GB")}</dd></div> : null}
        <div><dt>Bytes for each sample</dt><dd>{storage.bytesPerSample == null ? <Absent /> : `${storage.bytesPerSample.toFixed(2)}\u00a0B`}</dd></div>
      </dl>
    </section>
  );
}

function Figures({ value }: { value: System }) {
  const polling = namedFigures(value.polling ?? {});
  return (
    <div className="panels">
      <section className="panel" aria-labelledby="server-title">
        <h2 id="server-title">Server</h2>
        <dl className="figures">
          <div><dt>Version</dt><dd>{orDash(value.version)}</dd></div>
          <div><dt>Inventory in</dt><dd>{value.database ? databases[value.database] ?? value.database : <Absent />}</dd></div>
          <div><dt>API</dt><dd><a href="/api/v1/openapi.json" target="_blank" rel="noreferrer noopener">OpenAPI document</a></dd></div>
        </dl>
      </section>
      <StorageFigures storage={value.storage} />
      <section className="panel" aria-labelledby="polling-title">
        <h2 id="polling-title">Polling</h2>
        {polling.length === 0 && <p className="quiet">The server tells no figures of its poller.</p>}
        <dl className="figures">{polling.map((figure) => <div key={figure.label}><dt>{figure.label}</dt><dd>{figure.text}</dd></div>)}</dl>
      </section>
    </div>
  );
}

/** How the server itself does: what it stores, and whether it keeps up with its cards. */
export function SystemPanel() {
  const value = useSignal(system);
  if (value === null) return <section className="panel" aria-label="System"><Missing what="figures about itself" /></section>;
  if (value === undefined) return <p className="quiet" role="status">Reading…</p>;
  return <Figures value={value} />;
}
