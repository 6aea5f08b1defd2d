import { useState } from "react";
import { api } from "../../api";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { SiteField } from "../../components/SiteField";
import { notify } from "../../live/notices";
import { splitTags } from "../../model/tags";
import type { Card } from "../../types";

interface Props { card: Card; onClose: () => void; onChanged: (card: Card) => void }

export function OrganiseDialog({ card, onClose, onChanged }: Props) {
  const [site, setSite] = useState(card.site ?? "");
  const [tags, setTags] = useState(card.tags.join(", "));
  const save = async () => {
    const body = { site: site.trim(), tags: splitTags(tags) };
    onChanged({ ...card, ...(await api.change<Card | undefined>(`/cards/${card.id}`, body)) });
    notify(`Site and tags of ${card.name} were saved.`);
  };
  return (
    <FormDialog title={`Site and tags of ${card.name}`} verb="Save" onSubmit={save} onClose={onClose}>
      <SiteField value={site} onChange={setSite} hint="Empty: it belongs to no site." />
      <Field label="Tags" value={tags} onChange={setTags} hint="Apart by commas, such as “critical, floor 2”." />
    </FormDialog>
  );
}
