import { useState } from "react";
import { api } from "../../api";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Choice, Field } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { useRole } from "../../live/session";
import type { NewToken, Role } from "../../types";
import { roleChoices } from "./UserDialog";

const day = 86_400_000;
const lives: [days: string, label: string][] = [["30", "30 days"], ["90", "90 days"], ["365", "1 year"], ["", "Never expires"]];

/** Makes a token, and shows it this once. */
export function TokenDialog({ onClose, onCreated }: { onClose: () => void; onCreated: () => void }) {
  const isAdmin = useRole("admin");
  const isOperator = useRole("operator");
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("viewer");
  const [days, setDays] = useState("90");
  const [token, setToken] = useState<string | null>(null);
  const { isBusy, error, run } = useAction();
  const roles = roleChoices.filter(([each]) => each === "viewer" || isAdmin || (isOperator && each === "operator"));

  const create = () => run(async () => {
    const expiresAt = days === "" ? undefined : new Date(Date.now() + Number(days) * day).toISOString();
    setToken((await api.create<NewToken>("/tokens", { name: name.trim(), role, expiresAt })).token);
    onCreated();
  });

  if (token !== null) {
    return (
      <Dialog title="Your new token" onClose={onClose}>
        <div className="form">
          <p>Copy it now. It is not shown again.</p>
          <input className="input mono" aria-label="Token" readOnly autoFocus value={token} onFocus={(event) => event.target.select()} />
          <div className="form-actions"><button type="button" className="button button-primary" onClick={onClose}>I have copied it</button></div>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Create a token" onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}>
        <Field label="Name" required autoFocus value={name} onChange={setName} hint="What it is for, such as “backup script”." />
        <Choice label="Role" value={role} onChange={(value) => setRole(value as Role)} options={roles} />
        <Choice label="Expires after" value={days} onChange={setDays} options={lives} />
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button button-primary" disabled={isBusy}>Create token</button>
        </div>
      </form>
    </Dialog>
  );
}
