import { useId, useState } from "react";
import { api } from "../../api";
import { ErrorNote } from "../../components/ErrorNote";
import { Field } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { go } from "../../live/route";
import { isRange, splitRanges } from "../../model/network";
import type { DiscoveryMethod, DiscoveryRequest } from "../../types";

const methods: [DiscoveryMethod, string, string][] = [
  ["snmp", "SNMP sweep", "asks every address of the ranges; finds all generations"],
  ["lan", "LAN protocol", "finds CardAgent cards, also in a foreign subnet on the same wire"],
];

export function DiscoveryForm({ onStarted }: { onStarted: () => void }) {
  const [chosen, setChosen] = useState<DiscoveryMethod[]>(["snmp", "lan"]);
  const [text, setText] = useState("");
  const [community, setCommunity] = useState("");
  const [accept, setAccept] = useState(true);
  const [fault, setFault] = useState<string>();
  const { isBusy, error, run } = useAction();
  const rangesID = useId();

  const start = () => {
    const ranges = splitRanges(text);
    const wrong = ranges.find((range) => !isRange(range));
    const sentence = chosen.length === 0 ? "Choose at least one method."
      : ranges.length === 0 ? "Enter at least one range or address."
      : wrong !== undefined ? `“${wrong}” is neither an address nor a range such as 10.1.0.0/16 (/8 at most).` : undefined;
    setFault(sentence);
    if (sentence !== undefined) return;
    const credentials = community.trim() === "" ? undefined : [{ version: "2c" as const, community: community.trim() }];
    const body: DiscoveryRequest = { methods: chosen, ranges, accept, credentials };
    void run(async () => {
      const { id } = await api.create<{ id: number }>("/discoveries", body);
      onStarted();
      go(`discover/${id}`);
    });
  };

  return (
    <form className="panel form" aria-labelledby="discovery-form" onSubmit={(event) => {
      event.preventDefault();
      start();
    }}>
      <h2 id="discovery-form">New discovery</h2>
      <div className="field">
        <label htmlFor={rangesID}>Ranges</label>
        <textarea
          id={rangesID} className="input mono" rows={3} spellCheck={false} placeholder={"10.1.0.0/16\n192.168.7.18"} value={text}
          aria-invalid={fault ? true : undefined} aria-describedby={fault ? `${rangesID}-note` : undefined} onChange={(event) => setText(event.target.value)}
        />
        {fault && <span id={`${rangesID}-note`} className="field-error" role="alert">{fault}</span>}
      </div>
      <fieldset className="field">
        <legend>Methods</legend>
        {methods.map(([method, label, hint]) => (
          <label key={method} className="check">
            <input
              type="checkbox" checked={chosen.includes(method)}
              onChange={(event) => setChosen(event.target.checked ? [...chosen, method] : chosen.filter((each) => each !== method))}
            />
            <span>{label} <span className="quiet">{hint}</span></span>
          </label>
        ))}
      </fieldset>
      <Field label="SNMP community (optional)" autoComplete="off" spellCheck={false} value={community} onChange={setCommunity} hint="Without one, “public” is tried with v2c, then v1." />
      <label className="check"><input type="checkbox" checked={accept} onChange={(event) => setAccept(event.target.checked)} />Add found cards to the fleet at once</label>
      <ErrorNote text={error} />
      <div className="form-actions">
        <button type="submit" className="button button-primary" disabled={isBusy}>{isBusy ? "Starting…" : "Start discovery"}</button>
      </div>
    </form>
  );
}
