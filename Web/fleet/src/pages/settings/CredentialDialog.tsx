import { useState } from "react";
import { api } from "../../api";
import { Choice, Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { SNMPFields } from "../../components/SNMPFields";
import { TextArea } from "../../components/TextArea";
import { groupList } from "../../live/groups";
import { notify } from "../../live/notices";
import { useSignal } from "../../live/signal";
import { rangeFault, splitRanges } from "../../model/network";
import { snmpAccess, snmpFault, snmpText } from "../../model/snmp";
import type { CredentialSet } from "../../types/organisation";

interface Props { set: CredentialSet | null; position: number; onClose: () => void; onSaved: () => void }

/** A new set (`set` null), or a change of one: secrets that are left empty stay as they are. */
export function CredentialDialog({ set, position: next, onClose, onSaved }: Props) {
  const groups = useSignal(groupList) ?? [];
  const [name, setName] = useState(set?.name ?? "");
  const [position, setPosition] = useState(`${set?.position ?? next}`);
  const [text, setText] = useState(set?.ranges.join("\n") ?? "");
  const [group, setGroup] = useState(set?.group == null ? "" : `${set.group}`);
  const [snmp, setSNMP] = useState(snmpText(set));
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const ranges = splitRanges(text);
  const fault = rangeFault(ranges);
  const isNumber = /^\d+$/.test(position.trim());
  const isReady = name.trim() !== "" && isNumber && fault === null && snmpFault(snmp, set) === null;

  const save = async () => {
    const body = {
      name: name.trim(), position: Number(position), ranges, group: group === "" ? null : Number(group), snmp: snmpAccess(snmp, set),
      username: username.trim() || undefined, password: password || undefined,
    };
    if (set) await api.change(`/credentials/${set.id}`, body);
    else await api.create("/credentials", body);
    notify(`The credentials ${body.name} were stored.`);
    onSaved();
  };

  return (
    <FormDialog title={set ? `Credentials ${set.name}` : "New credential set"} verb="Store set" isReady={isReady} onSubmit={save} onClose={onClose}>
      {set && <p className="quiet">Stored secrets are never shown; an empty field leaves them as they are.</p>}
      <div className="form-grid">
        <Field label="Name" required autoFocus maxLength={128} value={name} onChange={setName} />
        <Field label="Position" inputMode="numeric" value={position} onChange={setPosition} error={isNumber ? undefined : "A whole number."} hint="Lower is tried first." />
      </div>
      <SNMPFields text={snmp} known={set} nothing={set ? undefined : "v2c with “public”"} onChange={setSNMP} />
      <div className="form-grid">
        <Field label="Card user (optional)" autoComplete="off" spellCheck={false} value={username} onChange={setUsername} />
        <Field label="Card password" type="password" autoComplete="new-password" value={password} onChange={setPassword} />
      </div>
      <TextArea label="Only for these ranges (optional)" rows={2} placeholder="10.1.0.0/16" value={text} onChange={setText} error={fault ?? undefined} />
      <Choice label="Only for the cards of a group" value={group} onChange={setGroup} options={[["", "Any card"], ...groups.map((each): [string, string] => [`${each.id}`, each.name])]} />
    </FormDialog>
  );
}
