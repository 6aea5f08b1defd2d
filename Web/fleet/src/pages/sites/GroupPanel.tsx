import { useState } from "react";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useList } from "../../hooks/useRequest";
import { refreshGroups } from "../../live/groups";
import { useRole } from "../../live/session";
import { filterWords } from "../../model/group";
import { pollWords } from "../../model/polling";
import type { Group } from "../../types/organisation";
import { GroupDialog } from "./GroupDialog";

/** Groups: saved filters. The first one, by position, that has a card and says so sets how often the card is asked. */
export function GroupPanel() {
  const isOperator = useRole("operator");
  const loaded = useList<Group>("/groups");
  const [edited, setEdited] = useState<Group | "new" | null>(null);
  const [doomed, setDoomed] = useState<Group | null>(null);
  const changed = () => {
    loaded.reload();
    void refreshGroups();
  };
  const positionAfterLast = (groups: readonly Group[]) => Math.max(0, ...groups.map((group) => group.position)) + 1;
  return (
    <LoadedPanel
      title="Groups" what="groups" loaded={loaded} hint="A group is a saved filter: a card belongs to it as long as the filter fits. It can set how often its cards are asked, and which credentials they use."
      action={isOperator && <button type="button" className="button" onClick={() => setEdited("new")}>Add a group…</button>}
    >
      {(groups) => (
        <>
          {groups.length === 0 && <p className="quiet">No groups yet. Filter the fleet's list and choose “Save as group…”, or add one here.</p>}
          {groups.length > 0 && (
            <Table
              label="Groups" items={[...groups].sort((a, b) => a.position - b.position)} keyOf={(group) => group.id}
              columns={[
                { label: "Position", isNumber: true, cell: (group) => group.position },
                { label: "Group", isHead: true, cell: (group) => <a href={`#/cards?group=${group.id}`}>{group.name}</a> },
                { label: "Cards with", cell: (group) => filterWords(group.filter) },
                { label: "Polling", cell: (group) => group.polling && pollWords(group.polling) },
                { label: "Cards", isNumber: true, cell: (group) => group.cards.toLocaleString("en-GB") },
              ]}
              actions={isOperator ? (group) => <EditButtons name={group.name} onEdit={() => setEdited(group)} onDelete={() => setDoomed(group)} /> : undefined}
            />
          )}
          {edited && (
            <GroupDialog
              group={edited === "new" ? { id: null, name: "", position: positionAfterLast(groups), filter: {}, polling: null } : edited}
              onClose={() => setEdited(null)} onSaved={changed}
            />
          )}
          {doomed && (
            <Deletion path={`/groups/${doomed.id}`} name={doomed.name} noun="group" onDeleted={changed} onClose={() => setDoomed(null)}>
              <p>Its cards stay. They are asked as the next group or the configuration says.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
