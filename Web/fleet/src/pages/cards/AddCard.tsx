import { useState } from "react";
import { api } from "../../api";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Field } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { fleet } from "../../live/feed";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import type { Card } from "../../types";

/** Adds one card by its address; the server asks the card who it is. */
export function AddCard({ address: known = "", onClose }: { address?: string; onClose: () => void }) {
  const [address, setAddress] = useState(known);
  const [name, setName] = useState("");
  const [community, setCommunity] = useState("");
  const isAdmin = useRole("admin");
  const { isBusy, error, run } = useAction();

  const add = () => run(async () => {
    const credentials = community === "" ? undefined : { snmp: { version: "2c", readCommunity: community } };
    const card = await api.create<Card>("/cards", { address: address.trim(), name: name.trim() || undefined, credentials });
    fleet.put(card);
    notify(`${card.name} was added.`);
    onClose();
  });

  return (
    <Dialog title="Add a card" onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}>
        <Field label="Address" required autoFocus spellCheck={false} value={address} onChange={setAddress} hint="For example 10.1.0.17" />
        <Field label="Name (optional)" value={name} onChange={setName} hint="Without one, the card's own system name is used." />
        {isAdmin && <Field label="SNMP read community (optional)" autoComplete="off" spellCheck={false} value={community} onChange={setCommunity} hint="Only if it is not “public”." />}
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button button-primary" disabled={isBusy}>{isBusy ? "Asking the card…" : "Add card"}</button>
        </div>
      </form>
    </Dialog>
  );
}
