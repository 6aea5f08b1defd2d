import { useState } from "react";
import { api } from "../../api";
import { Check } from "../../components/Checks";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { SNMPFields } from "../../components/SNMPFields";
import { notify } from "../../live/notices";
import { noSNMP, snmpAccess, snmpFault, type SNMPText } from "../../model/snmp";
import type { Card } from "../../types";

const asItIs: SNMPText = { ...noSNMP, version: "" };

/** What the server uses to talk to this card. Write-only: what is stored is never shown, an empty field leaves it as it is. */
export function CredentialsDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const [snmp, setSNMP] = useState(asItIs);
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const [isForgotten, setForgotten] = useState(false);
  const access = snmpAccess(snmp);
  const isEmpty = access === undefined && username === "" && password === "";

  const save = async () => {
    const credentials = isForgotten ? null : { username: username || undefined, password: password || undefined, snmp: access };
    await api.change(`/cards/${card.id}`, { credentials });
    notify(isForgotten ? `${card.name} has no credentials of its own now.` : `Credentials for ${card.name} were stored.`);
  };

  return (
    <FormDialog
      title={`Credentials for ${card.name}`} verb={isForgotten ? "Remove" : "Store"} isReady={isForgotten || (!isEmpty && snmpFault(snmp) === null)}
      onSubmit={save} onClose={onClose}
    >
      <p className="quiet">How the server signs in to the card. Stored values are never shown; an empty field leaves them as they are. Without own credentials the card uses a <a href="#/settings/credentials">credential set</a>.</p>
      <Check label="Remove the card's own credentials, use a credential set" checked={isForgotten} onChange={setForgotten} />
      {!isForgotten && (
        <>
          <SNMPFields text={snmp} nothing="Leave as it is" onChange={setSNMP} />
          <Field label="Card user" autoComplete="off" spellCheck={false} value={username} onChange={setUsername} />
          <Field label="Card password" type="password" autoComplete="new-password" value={password} onChange={setPassword} hint="Also unlocks the card for firmware upgrades." />
        </>
      )}
    </FormDialog>
  );
}
