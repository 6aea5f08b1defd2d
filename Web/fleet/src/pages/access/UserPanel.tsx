import { useCallback, useState } from "react";
import { api, list, sentence } from "../../api";
import { Confirm } from "../../components/Confirm";
import { ErrorNote } from "../../components/ErrorNote";
import { Icon } from "../../components/Icon";
import { useRequest } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { session } from "../../live/session";
import { useSignal } from "../../live/signal";
import type { Role, User } from "../../types";
import { roleChoices, UserDialog } from "./UserDialog";

interface RowProps { user: User; isSelf: boolean; onRole: (role: Role) => void; onPassword: () => void; onDelete: () => void }

function Row({ user, isSelf, onRole, onPassword, onDelete }: RowProps) {
  return (
    <tr>
      <th scope="row" data-label="User"><span>{user.username}{isSelf && <span className="quiet"> (you)</span>}</span></th>
      <td data-label="Role">
        <select className="input" aria-label={`Role of ${user.username}`} value={user.role} disabled={isSelf} onChange={(event) => onRole(event.target.value as Role)}>
          {roleChoices.map(([role, word]) => <option key={role} value={role}>{word}</option>)}
        </select>
      </td>
      <td>
        <span className="row-actions">
          <button type="button" className="button button-small" onClick={onPassword}>Set password…</button>
          {!isSelf && <button type="button" className="button-icon" aria-label={`Delete ${user.username}`} title="Delete" onClick={onDelete}><Icon name="trash" /></button>}
        </span>
      </td>
    </tr>
  );
}

export function UserPanel() {
  const self = useSignal(session);
  const { value, error, reload } = useRequest(useCallback((signal: AbortSignal) => list<User>("/users", signal), []));
  const [editing, setEditing] = useState<User | "new" | null>(null);
  const [doomed, setDoomed] = useState<User | null>(null);
  const setRole = async (user: User, role: Role) => {
    try {
      await api.change(`/users/${user.id}`, { role });
    } catch (problem) {
      notify(sentence(problem), "bad");
    }
    reload();
  };
  return (
    <section className="panel" aria-labelledby="users-title">
      <div className="section-head"><h2 id="users-title">Users</h2><button type="button" className="button" onClick={() => setEditing("new")}>Add a user…</button></div>
      <ErrorNote text={error} retry={reload} />
      {value && (
        <table className="table table-stacks">
          <thead><tr><th scope="col">User</th><th scope="col">Role</th><th scope="col"><span className="visually-hidden">Actions</span></th></tr></thead>
          <tbody>
            {value.map((user) => (
              <Row
                key={user.id} user={user} isSelf={user.id === self?.id} onRole={(role) => void setRole(user, role)} onPassword={() => setEditing(user)}
                onDelete={() => setDoomed(user)}
              />
            ))}
          </tbody>
        </table>
      )}
      {editing && <UserDialog user={editing === "new" ? null : editing} onClose={() => setEditing(null)} onSaved={reload} />}
      {doomed && (
        <Confirm
          title={`Delete ${doomed.username}?`} verb="Delete user" isDangerous onClose={() => setDoomed(null)}
          onConfirm={async () => {
            await api.remove(`/users/${doomed.id}`);
            notify(`${doomed.username} was deleted.`);
            reload();
          }}
        >
          <p>The user can no longer sign in. What they did stays in the audit log.</p>
        </Confirm>
      )}
    </section>
  );
}
