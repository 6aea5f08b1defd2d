import { useState } from "react";
import { api } from "../../api";
import { Check, Checks } from "../../components/Checks";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { TextArea } from "../../components/TextArea";
import { notify } from "../../live/notices";
import { defaultMethods, methodOptions, searchFault } from "../../model/discovery";
import { splitRanges } from "../../model/network";
import type { DiscoverySchedule } from "../../types/discovery";

export function ScheduleDialog({ schedule, onClose, onSaved }: { schedule: DiscoverySchedule | null; onClose: () => void; onSaved: () => void }) {
  const [name, setName] = useState(schedule?.name ?? "");
  const [methods, setMethods] = useState(schedule?.methods ?? defaultMethods);
  const [text, setText] = useState(schedule?.ranges.join("\n") ?? "");
  const [interfaces, setInterfaces] = useState(schedule?.interfaces.join(" ") ?? "");
  const [minutes, setMinutes] = useState(`${schedule?.minutes ?? 60}`);
  const [accept, setAccept] = useState(schedule?.accept ?? false);
  const [isEnabled, setEnabled] = useState(schedule?.isEnabled ?? true);
  const ranges = splitRanges(text);
  const fault = searchFault(methods, ranges);
  const isNumber = /^\d+$/.test(minutes.trim()) && Number(minutes) >= 1;

  const save = async () => {
    const body = { name: name.trim(), methods, ranges, interfaces: splitRanges(interfaces), minutes: Number(minutes), accept, isEnabled };
    if (schedule) await api.change(`/discovery-schedules/${schedule.id}`, body);
    else await api.create("/discovery-schedules", body);
    notify(`The schedule ${body.name} was saved.`);
    onSaved();
  };

  return (
    <FormDialog title={schedule ? `Schedule ${schedule.name}` : "New schedule"} verb="Save schedule" isReady={name.trim() !== "" && fault === null && isNumber} onSubmit={save} onClose={onClose}>
      <div className="form-grid">
        <Field label="Name" required autoFocus maxLength={128} value={name} onChange={setName} />
        <Field label="Every … minutes" inputMode="numeric" value={minutes} onChange={setMinutes} error={isNumber ? undefined : "A whole number of minutes."} />
      </div>
      <TextArea label="Ranges" rows={2} placeholder="10.1.0.0/16" value={text} onChange={setText} error={text.trim() === "" ? undefined : fault ?? undefined} hint={fault ?? undefined} />
      <Checks label="Methods" options={methodOptions} chosen={methods} onChange={setMethods} />
      <Field label="Interfaces (optional)" spellCheck={false} placeholder="eth0 eth1" value={interfaces} onChange={setInterfaces} />
      <Check label="Add found cards to the fleet at once" checked={accept} onChange={setAccept} />
      <Check label="The schedule is on" checked={isEnabled} onChange={setEnabled} />
    </FormDialog>
  );
}
