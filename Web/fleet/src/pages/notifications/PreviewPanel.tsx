import { useState } from "react";
import { api } from "../../api";
import { Choice } from "../../components/Field";
import { ErrorNote } from "../../components/ErrorNote";
import { SiteField } from "../../components/SiteField";
import { Table } from "../../components/Table";
import { Moment } from "../../components/Times";
import { useAction } from "../../hooks/useAction";
import { reasonWords, tellWord } from "../../model/deliveries";
import { causeOptions } from "../../model/incidents";
import { severityOptions } from "../../model/severity";
import type { Preview } from "../../types/notifications";

const causes = causeOptions.map(({ value, word }): [string, string] => [value, word]);

const kinds = ["opened", "changed", "single"].map((kind): [string, string] => [kind, tellWord(kind)]);

/** Tries the routes on something that might happen; nobody is told. */
export function PreviewPanel({ channelName }: { channelName: (id: number) => string }) {
  const [severity, setSeverity] = useState("critical");
  const [site, setSite] = useState("");
  const [kind, setKind] = useState("opened");
  const [cause, setCause] = useState("mains");
  const [preview, setPreview] = useState<Preview | null>(null);
  const { isBusy, error, run } = useAction();
  const ask = () => run(async () => {
    setPreview(null);
    const tell = { kind, severity, site: site.trim() || undefined, cause };
    setPreview(await api.create<Preview>("/notifications/preview", { tell }));
  });
  return (
    <section className="panel" aria-labelledby="preview-title">
      <h2 id="preview-title">Who would be told</h2>
      <p className="quiet">What the routes and windows of this moment would make of an incident. Nobody is told.</p>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        void ask();
      }}>
        <div className="form-grid form-grid-wide">
          <Choice label="Severity" value={severity} onChange={setSeverity} options={[...severityOptions]} />
          <Choice label="Cause" value={cause} onChange={setCause} options={causes} />
          <SiteField value={site} onChange={setSite} />
          <Choice label="What happens" value={kind} onChange={setKind} options={kinds} />
        </div>
        <ErrorNote text={error} />
        <div className="form-actions"><button type="submit" className="button" disabled={isBusy}>{isBusy ? "Working…" : "Preview"}</button></div>
      </form>
      <div role="status">
        {preview?.suppressed && <p className="note" data-tone="caution">Nobody would be told: {reasonWords(preview.suppressed).toLowerCase()}.</p>}
        {preview && preview.routes.length > 0 && <p className="quiet">Routes that match: {preview.routes.join(", ")}.</p>}
        {preview && preview.messages.length > 0 && (
          <Table
            label="Who would be told" items={preview.messages} keyOf={(message) => preview.messages.indexOf(message)}
            columns={[
              { label: "Channel", isHead: true, cell: (message) => message.channelName ?? channelName(message.channel) },
              { label: "When", cell: (message) => <Moment at={message.at} /> },
              { label: "Why then", cell: (message) => (message.step > 0 ? `Escalation, step ${message.step}` : message.reason ? reasonWords(message.reason) : "At once") },
            ]}
          />
        )}
      </div>
    </section>
  );
}
