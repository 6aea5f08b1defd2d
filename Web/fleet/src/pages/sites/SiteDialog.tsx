import { useState } from "react";
import { api } from "../../api";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { notify } from "../../live/notices";
import type { Site } from "../../types/organisation";

/** A new site (`site` null), or a change of one: a new name goes to its cards as well. */
export function SiteDialog({ site, onClose, onSaved }: { site: Site | null; onClose: () => void; onSaved: () => void }) {
  const [name, setName] = useState(site?.name ?? "");
  const [description, setDescription] = useState(site?.description ?? "");
  const [gateway, setGateway] = useState(site?.gateway ?? "");

  const save = async () => {
    const body = { name: name.trim(), description: description.trim() || null, gateway: gateway.trim() || null };
    if (site) await api.change(`/sites/${site.id}`, body);
    else await api.create("/sites", body);
    notify(`The site ${body.name} was saved.`);
    onSaved();
  };

  return (
    <FormDialog title={site ? `Site ${site.name}` : "New site"} verb="Save site" isReady={name.trim() !== ""} onSubmit={save} onClose={onClose}>
      <Field label="Name" required autoFocus maxLength={128} value={name} onChange={setName} hint={site ? "Its cards move with the name." : undefined} />
      <Field label="Description (optional)" value={description} onChange={setDescription} />
      <Field label="Gateway address (optional)" spellCheck={false} value={gateway} onChange={setGateway} hint="Where the site's own router or relay is, such as 10.1.0.1." />
    </FormDialog>
  );
}
