import { useState } from "react";
import { api } from "../../api";
import { Choice, Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { notify } from "../../live/notices";
import { newShelf, shelfChoices, shelfFault, shelfRequest } from "../../model/shelf";
import type { Alarm } from "../../types/alarms";

/** Sets an alarm aside for a time: it stays what it is, and nobody is told of it. */
export function ShelveDialog({ alarm, onClose, onDone }: { alarm: Alarm; onClose: () => void; onDone: () => void }) {
  const [text, setText] = useState(newShelf);
  const fault = shelfFault(text, Date.now());
  const save = async () => {
    await api.create(`/alarms/${alarm.id}/shelve`, shelfRequest(text));
    notify(`${alarm.title} was shelved.`);
    onDone();
  };
  return (
    <FormDialog title={`Shelve ${alarm.title}`} verb="Shelve" isReady={fault === null} onSubmit={save} onClose={onClose}>
      <p className="quiet">Until the end nobody is told of this alarm; it stays in the list under “Shelved”. Then it is told again if it still stands.</p>
      <div className="form-grid form-grid-wide">
        <Choice label="For" value={text.choice} options={shelfChoices.map(([value, word]) => [value, word])} onChange={(choice) => setText({ ...text, choice })} />
        {text.choice === "until" && <Field label="Until" type="datetime-local" value={text.until} onChange={(until) => setText({ ...text, until })} />}
      </div>
      <Field label="Reason" required maxLength={500} value={text.reason} onChange={(reason) => setText({ ...text, reason })} hint={fault ?? undefined} />
    </FormDialog>
  );
}
