import { useState } from "react";
import { api } from "../../api";
import { Choice, Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { HoursFields } from "../../components/HoursFields";
import { notify } from "../../live/notices";
import { localTime, sentTime } from "../../model/format";
import { hoursFault, newHours } from "../../model/hours";
import { splitSites, splitTags } from "../../model/tags";
import type { MaintenanceWindow } from "../../types/notifications";

interface Props { window: MaintenanceWindow | null; onClose: () => void; onSaved: () => void }

/** What is wrong with the times of a window that is open once, or null. */
function onceFault(from: string, until: string): string | null {
  if (sentTime(until) === null) return "Say until when.";
  return from !== "" && Date.parse(from) >= Date.parse(until) ? "The end is before the beginning." : null;
}

export function WindowDialog({ window: known, onClose, onSaved }: Props) {
  const [name, setName] = useState(known?.name ?? "");
  const [sites, setSites] = useState(known?.sites.join("; ") ?? "");
  const [tags, setTags] = useState(known?.tags.join(", ") ?? "");
  const [isWeekly, setWeekly] = useState(Boolean(known?.weekly));
  const [from, setFrom] = useState(localTime(known?.from ?? null));
  const [until, setUntil] = useState(localTime(known?.until ?? null));
  const [weekly, setHours] = useState(known?.weekly ?? newHours("02:00", "04:00"));
  const fault = isWeekly ? hoursFault(weekly) : onceFault(from, until);

  const save = async () => {
    const body = {
      name: name.trim(), sites: splitSites(sites), tags: splitTags(tags), cards: known?.cards ?? [],
      from: isWeekly ? null : sentTime(from), until: isWeekly ? null : sentTime(until), weekly: isWeekly ? weekly : null,
    };
    if (known) await api.change(`/notifications/windows/${known.id}`, body);
    else await api.create("/notifications/windows", body);
    notify(`The window ${body.name} was saved.`);
    onSaved();
  };

  return (
    <FormDialog title={known ? `Window ${known.name}` : "New maintenance window"} verb="Save window" isWide isReady={name.trim() !== "" && fault === null} onSubmit={save} onClose={onClose}>
      <Field label="Name" required autoFocus maxLength={128} value={name} onChange={setName} />
      <div className="form-grid form-grid-wide">
        <Field label="At these sites" value={sites} onChange={setSites} hint="Apart by semicolons; empty: any." />
        <Field label="With one of these tags" value={tags} onChange={setTags} hint="Apart by commas; empty: any." />
      </div>
      {sites.trim() === "" && tags.trim() === "" && (known?.cards.length ?? 0) === 0 && <p className="note" data-tone="caution">This window is for the whole fleet.</p>}
      {(known?.cards.length ?? 0) > 0 && <p className="quiet">It is for {known?.cards.length} cards, which stay as they are.</p>}
      <Choice label="When" value={isWeekly ? "weekly" : "once"} onChange={(value) => setWeekly(value === "weekly")} options={[["once", "Once"], ["weekly", "Each week"]]} />
      {isWeekly && <HoursFields label="Hours of the window" hours={weekly} onChange={setHours} />}
      {!isWeekly && (
        <div className="form-grid form-grid-wide">
          <Field label="From" type="datetime-local" value={from} onChange={setFrom} hint="Empty: from now." />
          <Field label="Until" type="datetime-local" required value={until} onChange={setUntil} />
        </div>
      )}
      {fault && <p className="field-hint" role="status">{fault}</p>}
    </FormDialog>
  );
}
