import { useState } from "react";
import { api } from "../../api";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Choice, Field } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import type { Card } from "../../types";

/** What the server uses to talk to this card. Write-only: what is stored is never shown, an empty field leaves it as it is. */
export function CredentialsDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const [version, setVersion] = useState("2c");
  const [readCommunity, setRead] = useState("");
  const [writeCommunity, setWrite] = useState("");
  const [username, setUsername] = useState("");
  const [password, setPassword] = useState("");
  const { isBusy, error, run } = useAction();
  const isEmpty = [readCommunity, writeCommunity, username, password].every((text) => text === "");

  const save = () => run(async () => {
    const hasSNMP = readCommunity !== "" || writeCommunity !== "";
    const snmp = hasSNMP ? { version, readCommunity: readCommunity || undefined, writeCommunity: writeCommunity || undefined } : undefined;
    await api.change(`/cards/${card.id}`, { credentials: { username: username || undefined, password: password || undefined, snmp } });
    notify(`Credentials for ${card.name} were stored.`);
    onClose();
  });

  return (
    <Dialog title={`Credentials for ${card.name}`} onClose={onClose}>
      <form className="form" autoComplete="off" onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}>
        <p className="quiet">How the server signs in to the card. Stored values are never shown; an empty field leaves them as they are.</p>
        <Choice label="SNMP version" value={version} onChange={setVersion} options={[["2c", "v2c"], ["1", "v1"]]} />
        <Field label="Read community" autoComplete="off" spellCheck={false} value={readCommunity} onChange={setRead} />
        <Field label="Write community" autoComplete="off" spellCheck={false} value={writeCommunity} onChange={setWrite} />
        <Field label="Card user" autoComplete="off" spellCheck={false} value={username} onChange={setUsername} />
        <Field label="Card password" type="password" autoComplete="new-password" value={password} onChange={setPassword} hint="Also unlocks the card for firmware upgrades." />
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button button-primary" disabled={isBusy || isEmpty}>Store</button>
        </div>
      </form>
    </Dialog>
  );
}
