import { useId, useState } from "react";
import { api } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Missing } from "../../components/LoadedPanel";
import { useAction } from "../../hooks/useAction";
import { refreshFleet } from "../../live/feed";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { count } from "../../model/format";
import { importType } from "../../model/imports";
import type { ImportResult } from "../../types/discovery";
import { ImportLines } from "./ImportLines";

const columns = "address, mac, serial, name, site, tags, generation, snmp_version, community, user, auth_protocol, auth_password, privacy_protocol, privacy_password, protocol, profile";
const example = "address,name,site,tags,community\n10.1.0.17,Rack 17,Lyon,critical;floor 2,public\n10.1.0.18,Rack 18,Lyon,floor 2,public\n";

/** Cards from a file: first what would become of each line, then the import itself. */
export function ImportPanel() {
  const isOperator = useRole("operator");
  const [name, setName] = useState("cards.csv");
  const [text, setText] = useState("");
  const [result, setResult] = useState<{ isDryRun: boolean; value: ImportResult } | null>(null);
  const { isBusy, error, run, clear } = useAction();
  const fileID = useId();
  const textID = useId();
  const set = (next: string) => {
    setText(next);
    setResult(null);
    clear();
  };
  const read = (file: File) => run(async () => {
    const content = await file.text().catch(() => {
      throw new Error(`${file.name} can't be read: it was moved or deleted. Choose it again.`);
    });
    setName(file.name);
    set(content);
  });
  const send = (isDryRun: boolean) => run(async () => {
    const value = await api.create<ImportResult>(`/cards/import${isDryRun ? "?dryRun=true" : ""}`, undefined, { text: { type: importType(name, text), content: text } });
    setResult({ isDryRun, value });
    if (isDryRun) return;
    notify(`${count(value.added, "card")} added, ${value.updated} updated.`);
    refreshFleet();
  });

  if (!isOperator) return <p className="note" data-tone="info">Your role does not allow an import.</p>;
  return (
    <section className="panel form" aria-labelledby="import-title">
      <h2 id="import-title">Import cards</h2>
      <p className="quiet">A CSV file with a line of column names, or a YAML list with the same keys: {columns}. Only the address is needed; tags are apart by semicolons. A card that is known already is updated.</p>
      <div className="field">
        <label htmlFor={fileID}>File</label>
        <input id={fileID} className="input" type="file" accept=".csv,.yaml,.yml,text/csv,application/yaml" onChange={(event) => { const file = event.target.files?.[0]; if (file) void read(file); }} />
      </div>
      <div className="field">
        <label htmlFor={textID}>Or type it here</label>
        <textarea id={textID} className="input mono import-text" rows={8} spellCheck={false} placeholder={example} value={text} onChange={(event) => set(event.target.value)} />
      </div>
      {error !== null && /nothing here|does not exist/i.test(error) ? <Missing what="an import" /> : <ErrorNote text={error} />}
      <div className="form-actions">
        <button type="button" className="button" disabled={isBusy || text.trim() === ""} onClick={() => void send(true)}>{isBusy ? "Working…" : "Preview"}</button>
        <button type="button" className="button button-primary" disabled={isBusy || !result?.isDryRun} onClick={() => void send(false)}>Import</button>
      </div>
      {result && <ImportLines result={result.value} isDryRun={result.isDryRun} />}
    </section>
  );
}
