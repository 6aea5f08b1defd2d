import { useEffect, useRef, useState } from "react";
import { BulkResult } from "../../components/BulkResult";
import { Check } from "../../components/Checks";
import { Dialog } from "../../components/Dialog";
import { Field } from "../../components/Field";
import { SilentCardPicker } from "../../components/SilentCardPicker";
import { SiteField } from "../../components/SiteField";
import { useBulk } from "../../hooks/useBulk";
import { acceptAll } from "../../live/decide";
import { notify } from "../../live/notices";
import { candidateName } from "../../model/discovery";
import { count } from "../../model/format";
import { splitTags } from "../../model/tags";
import type { Acceptance, Candidate } from "../../types/discovery";

interface Props { candidates: readonly Candidate[]; onClose: () => void; onDone: () => void }

/** Takes candidates into the fleet: one with a name of its own or in the place of another card, or many with what they have in common. */
export function AcceptDialog({ candidates, onClose, onDone }: Props) {
  const only = candidates.length === 1 ? candidates[0] : undefined;
  const [name, setName] = useState(only?.name ?? "");
  const [site, setSite] = useState("");
  const [tags, setTags] = useState("");
  const [inherits, setInherits] = useState(false);
  const [old, setOld] = useState(only?.place?.card ?? null);
  const { progress, isRunning, run } = useBulk();
  const accepted = useRef(new Set<number>());
  const newest = useRef(onDone);
  newest.current = onDone;
  // However the dialog is left: those that were accepted are cards now.
  useEffect(() => () => {
    if (accepted.current.size > 0) newest.current();
  }, []);

  const accept = async () => {
    const common: Acceptance = { site: site.trim() || undefined, tags: tags.trim() === "" ? undefined : splitTags(tags) };
    const own: Acceptance = inherits && old !== null ? { inherit: old } : { ...common, name: name.trim() || undefined };
    const left = candidates.length - accepted.current.size;
    const result = await run(left, (tell, signal) => acceptAll(candidates, only ? own : common, accepted.current, tell, signal));
    if (result?.failures.length !== 0) return;
    notify(`${only ? candidateName(only) : count(candidates.length, "card")} ${only ? "is" : "are"} in the fleet.`);
    onClose();
  };
  const isReady = !inherits || old !== null;

  return (
    <Dialog title={only ? `Accept ${candidateName(only)}` : `Accept ${count(candidates.length, "card")}`} onClose={onClose}>
      <form className="form" autoComplete="off" onSubmit={(event) => {
        event.preventDefault();
        void accept();
      }}>
        {only?.warnings.map((warning) => <p key={warning} className="note" data-tone="caution">{warning}</p>)}
        {only?.place && <p className="note" data-tone="info">{only.place.name} has its address or its serial, and is silent: this card may be its replacement.</p>}
        {only && <Check label="It replaces a silent card" checked={inherits} onChange={setInherits} />}
        {only && inherits && (
          <>
            <p className="quiet">It takes over name, site, tags, credentials, polling and gateway; the old card is retired and keeps its history. Each links to the other.</p>
            <SilentCardPicker newcomer={{ kind: only.kind, place: only.place?.card }} chosen={old} onChoose={setOld} />
          </>
        )}
        {!inherits && (
          <>
            {only && <Field label="Name" autoFocus value={name} onChange={setName} hint="Empty: the card's own system name." />}
            <SiteField value={site} onChange={setSite} label="Site (optional)" />
            <Field label="Tags (optional)" value={tags} onChange={setTags} hint="Apart by commas." />
          </>
        )}
        <BulkResult label="Cards accepted" progress={progress} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{isRunning ? "Stop" : progress ? "Close" : "Cancel"}</button>
          <button type="submit" className="button button-primary" disabled={isRunning || !isReady}>
            {isRunning && progress ? `Accepting, ${progress.done} of ${progress.total}…` : progress ? (only ? "Try again" : "Try the rest again") : "Accept"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
