import { useCallback, useState } from "react";
import { api, list } from "../../api";
import { Confirm } from "../../components/Confirm";
import { ErrorNote } from "../../components/ErrorNote";
import { Icon } from "../../components/Icon";
import { Moment } from "../../components/Times";
import { useRequest } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import type { Token } from "../../types";
import { TokenDialog } from "./TokenDialog";

export function TokenPanel() {
  const { value, error, reload } = useRequest(useCallback((signal: AbortSignal) => list<Token>("/tokens", signal), []));
  const [isAdding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<Token | null>(null);
  return (
    <section className="panel" aria-labelledby="tokens-title">
      <div className="section-head"><h2 id="tokens-title">API tokens</h2><button type="button" className="button" onClick={() => setAdding(true)}>Create a token…</button></div>
      <p className="quiet">For scripts and other programs: they send the token as <code>Authorization: Bearer …</code>.</p>
      <ErrorNote text={error} retry={reload} />
      {value && value.length > 0 && (
        <table className="table table-stacks">
          <thead><tr><th scope="col">Name</th><th scope="col">Role</th><th scope="col">Expires</th><th scope="col"><span className="visually-hidden">Actions</span></th></tr></thead>
          <tbody>
            {value.map((token) => (
              <tr key={token.id}>
                <th scope="row" data-label="Name">{token.name}</th>
                <td data-label="Role">{token.role}</td>
                <td data-label="Expires">{token.expiresAt ? <Moment at={token.expiresAt} /> : "never"}</td>
                <td><button type="button" className="button-icon" aria-label={`Delete ${token.name}`} title="Delete" onClick={() => setDoomed(token)}><Icon name="trash" /></button></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {value?.length === 0 && <p className="quiet">No tokens.</p>}
      {isAdding && <TokenDialog onClose={() => setAdding(false)} onCreated={reload} />}
      {doomed && (
        <Confirm
          title={`Delete ${doomed.name}?`} verb="Delete token" isDangerous onClose={() => setDoomed(null)}
          onConfirm={async () => {
            await api.remove(`/tokens/${doomed.id}`);
            notify(`${doomed.name} was deleted.`);
            reload();
          }}
        >
          <p>Programs that use this token are refused from now on.</p>
        </Confirm>
      )}
    </section>
  );
}
