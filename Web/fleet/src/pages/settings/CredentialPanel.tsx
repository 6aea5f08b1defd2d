import { useState } from "react";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useList } from "../../hooks/useRequest";
import { groupList } from "../../live/groups";
import { useRole } from "../../live/session";
import { useSignal } from "../../live/signal";
import type { CredentialSet } from "../../types/organisation";
import { CredentialDialog } from "./CredentialDialog";

/** What of a set may be shown: never a secret. */
function ways(set: CredentialSet): string {
  const keys = [set.authProtocol, set.privProtocol].filter(Boolean).join(", ");
  const snmp = `SNMP v${set.version ?? "2c"}${set.user ? `, user ${set.user}` : ""}${keys && ` (${keys})`}`;
  return set.hasPassword ? `${snmp}; card password` : snmp;
}

/** Named credentials, tried in their order where a card has none of its own. */
export function CredentialPanel() {
  const isAdmin = useRole("admin");
  const groups = useSignal(groupList) ?? [];
  const loaded = useList<CredentialSet>("/credentials");
  const [edited, setEdited] = useState<CredentialSet | "new" | null>(null);
  const [doomed, setDoomed] = useState<CredentialSet | null>(null);
  if (!isAdmin) return <p className="note" data-tone="info">Credentials are for administrators.</p>;
  return (
    <LoadedPanel
      title="Credential sets" what="credential sets" loaded={loaded}
      hint="How the server signs in to cards that have no credentials of their own. A search tries v1 and v2c with “public”, then these in their order. Secrets are stored sealed and never shown again."
      action={<button type="button" className="button" onClick={() => setEdited("new")}>Add a set…</button>}
    >
      {(sets) => (
        <>
          {sets.length === 0 && <p className="quiet">No sets. Cards are asked with SNMP v2c and “public”, unless they have credentials of their own.</p>}
          {sets.length > 0 && (
            <Table
              label="Credential sets" items={[...sets].sort((a, b) => a.position - b.position)} keyOf={(set) => set.id}
              columns={[
                { label: "Position", isNumber: true, cell: (set) => set.position },
                { label: "Name", isHead: true, cell: (set) => set.name },
                { label: "Signs in with", cell: ways },
                { label: "Ranges", isMono: true, cell: (set) => set.ranges.join(", ") || "any address" },
                { label: "Group", cell: (set) => (set.group === null ? "any" : groups.find((group) => group.id === set.group)?.name ?? `group ${set.group}`) },
              ]}
              actions={(set) => <EditButtons name={set.name} onEdit={() => setEdited(set)} onDelete={() => setDoomed(set)} />}
            />
          )}
          {edited && <CredentialDialog set={edited === "new" ? null : edited} position={sets.length + 1} onClose={() => setEdited(null)} onSaved={loaded.reload} />}
          {doomed && (
            <Deletion path={`/credentials/${doomed.id}`} name={doomed.name} noun="set" onDeleted={loaded.reload} onClose={() => setDoomed(null)}>
              <p>Cards that use this set are asked with the next one that fits, and may no longer answer.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
