import { useState } from "react";
import { api } from "../../api";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { SNMPFields } from "../../components/SNMPFields";
import { notify } from "../../live/notices";
import { noSNMP, snmpAccess, snmpFault } from "../../model/snmp";
import type { Card } from "../../types";

/** What the server uses to talk to this card. Write-only: what is stored is never shown, an empty field leaves it as it is. */
export function CredentialsDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const [snmp, setSNMP] = useState(noSNMP);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const access = snmpAccess(snmp);
  const isEmpty = access === undefined && username === "" && password === "";

  const save = async () => {
    await api.change(`/cards/${card.id}`, { credentials: { username: username || undefined, password: password || undefined, snmp: access } });
    notify(`Credentials for ${card.name} were stored.`);
  };

  return (
    <FormDialog title={`Credentials for ${card.name}`} verb="Store" isReady={!isEmpty && snmpFault(snmp) === null} onSubmit={save} onClose={onClose}>
      <p className="quiet">How the server signs in to the card. Stored values are never shown; an empty field leaves them as they are. Without own credentials the card uses a <a href="#/settings/credentials">credential set</a>.</p>
      <SNMPFields text={snmp} onChange={setSNMP} />
      <Field label="Card user" autoComplete="off" spellCheck={false} value={username} onChange={setUsername} />
      <Field label="Card password" type="password" autoComplete="new-password" value={password} onChange={setPassword} hint="Also unlocks the card for firmware upgrades." />
    </FormDialog>
  );
}
