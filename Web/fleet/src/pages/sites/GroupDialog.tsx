import { useState } from "react";
import { api } from "../../api";
import { Checks } from "../../components/Checks";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { PollFields } from "../../components/PollFields";
import { notify } from "../../live/notices";
import { generations } from "../../model/generation";
import { filterValues, withoutEmpty } from "../../model/group";
import { splitRanges } from "../../model/network";
import { pollFault, pollIntervals, pollText } from "../../model/polling";
import { look, statuses } from "../../model/status";
import type { FilterField, Group, GroupFilter } from "../../types/organisation";

export type GroupDraft = Omit<Group, "id" | "cards"> & { id: number | null };
interface Props { group: GroupDraft; onClose: () => void; onSaved: () => void }

const texts: [field: FilterField, label: string, hint?: string][] = [
  ["q", "Text", "In name, address, MAC, serial, model, site or location."], ["site", "Site"], ["tag", "Tag"], ["model", "Model", "The whole model."],
  ["firmware", "Firmware", "The whole version."], ["range", "Addresses", "Ranges, apart by commas: 10.1.0.0/16, 10.2.0.5."],
];
const lists: [field: FilterField, label: string, options: (readonly [string, string])[]][] = [
  ["status", "Status", statuses.map((status) => [status, look(status).word])],
  ["generation", "Generation", generations.map((generation) => [generation, generation])],
  ["kind", "Kind", [["ups", "UPS"], ["sts", "STS"]]],
];

/** What the form holds as the filter of the request: what is empty is left out. */
function document(values: Readonly<Record<string, readonly string[]>>): GroupFilter {
  const text = (field: FilterField) => values[field]?.[0]?.trim() ?? "";
  return withoutEmpty({
    ...Object.fromEntries(texts.map(([field]) => [field, field === "range" ? splitRanges(text(field)) : text(field)])),
    ...Object.fromEntries(lists.map(([field]) => [field, [...(values[field] ?? [])]])),
  });
}

/** A group: a filter with a name, and how often its cards are asked. */
export function GroupDialog({ group, onClose, onSaved }: Props) {
  const [name, setName] = useState(group.name);
  const [position, setPosition] = useState(`${group.position}`);
  const [polling, setPolling] = useState(pollText(group.polling));
  const [values, setValues] = useState<Record<string, readonly string[]>>({
    ...Object.fromEntries(texts.map(([field]) => [field, [filterValues(group.filter, field).join(", ")]])),
    ...Object.fromEntries(lists.map(([field]) => [field, filterValues(group.filter, field)])),
  });
  const set = (field: FilterField, value: readonly string[]) => setValues({ ...values, [field]: value });
  const fault = pollFault(polling);
  const isNumber = /^\d+$/.test(position.trim());

  const save = async () => {
    const body = { name: name.trim(), position: Number(position), filter: document(values), polling: pollIntervals(polling) };
    if (group.id === null) await api.create("/groups", body);
    else await api.change(`/groups/${group.id}`, body);
    notify(`The group ${name.trim()} was saved.`);
    onSaved();
  };

  return (
    <FormDialog title={group.id === null ? "New group" : `Group ${group.name}`} verb="Save group" isWide isReady={fault === null && isNumber && name.trim() !== ""} onSubmit={save} onClose={onClose}>
      <div className="form-grid">
        <Field label="Name" required autoFocus maxLength={128} value={name} onChange={setName} />
        <Field label="Position" inputMode="numeric" value={position} onChange={setPosition} hint="The first group that has a card sets its polling." error={isNumber ? undefined : "A whole number."} />
      </div>
      <fieldset className="field">
        <legend>Cards with</legend>
        <div className="form-grid form-grid-wide">
          {texts.map(([field, label, hint]) => (
            <Field key={field} label={label} spellCheck={false} hint={hint} value={values[field]?.[0] ?? ""} onChange={(text) => set(field, [text])} />
          ))}
        </div>
      </fieldset>
      {lists.map(([field, label, options]) => <Checks key={field} isRow label={label} options={options} chosen={values[field] ?? []} onChange={(chosen) => set(field, chosen)} />)}
      <PollFields text={polling} onChange={setPolling} fault={fault} label="Own polling intervals for these cards" />
    </FormDialog>
  );
}
