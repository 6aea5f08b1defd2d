import { useEffect, useRef, useState } from "react";
import { api } from "../../api";
import { Check, Checks } from "../../components/Checks";
import { ErrorNote } from "../../components/ErrorNote";
import { Field } from "../../components/Field";
import { TextArea } from "../../components/TextArea";
import { useAction } from "../../hooks/useAction";
import { go } from "../../live/route";
import { defaultMethods, methodOptions, searchFault, sweepWords } from "../../model/discovery";
import { splitRanges } from "../../model/network";
import type { DiscoveryMethod, DiscoveryRequest } from "../../types/discovery";

const fastest = 5_000;

export function DiscoveryForm({ onStarted }: { onStarted: () => void }) {
  const [methods, setMethods] = useState<DiscoveryMethod[]>(defaultMethods);
  const [text, setText] = useState("");
  const [interfaces, setInterfaces] = useState("");
  const [community, setCommunity] = useState("");
  const [pace, setPace] = useState("");
  const [accept, setAccept] = useState(true);
  const [fault, setFault] = useState<string | null>(null);
  const { isBusy, error, run } = useAction();
  // Who has gone on to another page meanwhile is not called back.
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const ranges = splitRanges(text);
  const speed = pace.trim() === "" ? fastest : Number(pace);
  const isPaceWrong = !(Number.isInteger(speed) && speed >= 1 && speed <= fastest);

  const start = () => {
    const found = searchFault(methods, ranges);
    setFault(found);
    if (found !== null || isPaceWrong) return;
    const body: DiscoveryRequest = {
      methods, ranges, accept, packetsPerSecond: pace.trim() === "" ? undefined : speed, interfaces: interfaces.trim() === "" ? undefined : splitRanges(interfaces),
      credentials: community.trim() === "" ? undefined : [{ version: "2c", community: community.trim() }],
    };
    void run(async () => {
      const { id } = await api.create<{ id: number }>("/discoveries", body);
      onStarted();
      if (isHere.current) go(`discover/${id}`);
    });
  };

  return (
    <form className="panel form" aria-labelledby="discovery-form" onSubmit={(event) => {
      event.preventDefault();
      start();
    }}>
      <h2 id="discovery-form">New search</h2>
      <TextArea label="Ranges" placeholder={"10.1.0.0/16\n192.168.7.18"} value={text} onChange={setText} error={fault ?? undefined} hint={sweepWords(ranges, isPaceWrong ? fastest : speed) ?? undefined} />
      <Checks label="Methods" options={methodOptions} chosen={methods} onChange={setMethods} />
      <Check label="Add found cards to the fleet at once" checked={accept} onChange={setAccept} />
      <details className="form-more">
        <summary>Interfaces, credentials, speed</summary>
        <Field label="Interfaces (optional)" spellCheck={false} placeholder="eth0 eth1" value={interfaces} onChange={setInterfaces} hint="For broadcasts and multicasts. Without one, every interface of the server." />
        <Field label="SNMP community (optional)" autoComplete="off" spellCheck={false} value={community} onChange={setCommunity} hint="Without one, “public” is tried with v2c and v1, then the stored credential sets." />
        <Field
          label="Packets a second (optional)" inputMode="numeric" placeholder={`${fastest}`} value={pace} onChange={setPace}
          error={isPaceWrong ? `A whole number from 1 to ${fastest}.` : undefined} hint="All methods together send no faster."
        />
      </details>
      <ErrorNote text={error} />
      <div className="form-actions">
        <button type="submit" className="button button-primary" disabled={isBusy}>{isBusy ? "Starting…" : "Start search"}</button>
      </div>
    </form>
  );
}
