import { useState } from "react";
import { api } from "../../api";
import { Check } from "../../components/Checks";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { SiteField } from "../../components/SiteField";
import { notify } from "../../live/notices";
import { candidateName } from "../../model/discovery";
import { count } from "../../model/format";
import { splitTags } from "../../model/tags";
import type { Acceptance, Candidate } from "../../types/discovery";

interface Props { candidates: readonly Candidate[]; onClose: () => void; onDone: () => void }

/** Takes candidates into the fleet: one with a name of its own, or many with what they have in common. */
export function AcceptDialog({ candidates, onClose, onDone }: Props) {
  const only = candidates.length === 1 ? candidates[0] : undefined;
  const [name, setName] = useState(only?.name ?? "");
  const [site, setSite] = useState("");
  const [tags, setTags] = useState("");
  const [inherits, setInherits] = useState(false);
  const place = only?.place ?? null;

  const accept = async () => {
    const common: Acceptance = { site: site.trim() || undefined, tags: tags.trim() === "" ? undefined : splitTags(tags) };
    const own: Acceptance = inherits && place ? { inherit: place.card } : { ...common, name: name.trim() || undefined };
    try {
      for (const candidate of candidates) await api.create(`/candidates/${candidate.id}/accept`, only ? own : common);
    } finally {
      // Whatever failed, those before it are cards now.
      onDone();
    }
    notify(`${only ? candidateName(only) : count(candidates.length, "card")} ${only ? "is" : "are"} in the fleet.`);
  };

  return (
    <FormDialog title={only ? `Accept ${candidateName(only)}` : `Accept ${count(candidates.length, "card")}`} verb="Accept" onSubmit={accept} onClose={onClose}>
      {only?.warnings.map((warning) => <p key={warning} className="note" data-tone="caution">{warning}</p>)}
      {place && (
        <>
          <p className="note" data-tone="info">{place.name} was at this address and is silent. If this card replaces it, it takes over its name, site, tags, credentials, polling and gateway; the history stays with the old one, which is retired.</p>
          <Check label={`It takes the place of ${place.name}`} checked={inherits} onChange={setInherits} />
        </>
      )}
      {!inherits && (
        <>
          {only && <Field label="Name" autoFocus value={name} onChange={setName} hint="Empty: the card's own system name." />}
          <SiteField value={site} onChange={setSite} label="Site (optional)" />
          <Field label="Tags (optional)" value={tags} onChange={setTags} hint="Apart by commas." />
        </>
      )}
    </FormDialog>
  );
}
