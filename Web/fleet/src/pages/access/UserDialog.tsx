import { useState } from "react";
import { api } from "../../api";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Choice, Field } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import type { Role, User } from "../../types";

export const roleChoices: [Role, string][] = [["viewer", "Viewer: looks"], ["operator", "Operator: acts on cards"], ["admin", "Admin: also users"]];

interface Props { user: User | null; onClose: () => void; onSaved: () => void }

/** A new user (`user` null), or a new password for one there is. */
export function UserDialog({ user, onClose, onSaved }: Props) {
  const [username, setUsername] = useState(user?.username ?? "");
  const [password, setPassword] = useState("");
  const [role, setRole] = useState<Role>("operator");
  const { isBusy, error, run } = useAction();

  const save = () => run(async () => {
    if (user) await api.change(`/users/${user.id}`, { password });
    else await api.create("/users", { username: username.trim(), password, role });
    notify(user ? `The password of ${user.username} was set.` : `${username.trim()} was added.`);
    onSaved();
    onClose();
  });

  return (
    <Dialog title={user ? `Password of ${user.username}` : "Add a user"} onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}>
        {!user && <Field label="User name" autoComplete="off" autoCapitalize="none" spellCheck={false} required autoFocus value={username} onChange={setUsername} />}
        <Field label="New password" type="password" autoComplete="new-password" required autoFocus={user !== null} value={password} onChange={setPassword} />
        {!user && <Choice label="Role" value={role} onChange={(value) => setRole(value as Role)} options={roleChoices} />}
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button button-primary" disabled={isBusy}>{user ? "Set password" : "Add user"}</button>
        </div>
      </form>
    </Dialog>
  );
}
