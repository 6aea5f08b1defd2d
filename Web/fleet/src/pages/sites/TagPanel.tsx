import { useState } from "react";
import { api } from "../../api";
import { Deletion } from "../../components/Deletion";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useList } from "../../hooks/useRequest";
import { refreshFleet } from "../../live/feed";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { count } from "../../model/format";
import type { Tag } from "../../types/organisation";

function RenameTag({ tag, onClose, onSaved }: { tag: Tag; onClose: () => void; onSaved: () => void }) {
  const [name, setName] = useState(tag.name);
  const save = async () => {
    await api.change(`/tags/${encodeURIComponent(tag.name)}`, { name: name.trim() });
    notify(`The tag ${tag.name} is called ${name.trim()} now.`);
    onSaved();
  };
  return (
    <FormDialog title={`Rename ${tag.name}`} verb="Rename tag" isReady={name.trim() !== "" && name.trim() !== tag.name} onSubmit={save} onClose={onClose}>
      <Field label="Name" required autoFocus maxLength={64} value={name} onChange={setName} hint={`${count(tag.cards, "card")} change with it. A name that there is already joins the two.`} />
    </FormDialog>
  );
}

/** The tags that cards have. */
export function TagPanel() {
  const isOperator = useRole("operator");
  const loaded = useList<Tag>("/tags");
  const [renamed, setRenamed] = useState<Tag | null>(null);
  const [doomed, setDoomed] = useState<Tag | null>(null);
  const changed = () => {
    loaded.reload();
    refreshFleet();
  };
  return (
    <LoadedPanel title="Tags" what="tags" loaded={loaded} hint="Words that cards have in common. Give tags to cards in the fleet's list: select them, then “Tags…”.">
      {(tags) => (
        <>
          {tags.length === 0 && <p className="quiet">No card has a tag yet.</p>}
          {tags.length > 0 && (
            <Table
              label="Tags" items={tags} keyOf={(tag) => tag.name}
              columns={[
                { label: "Tag", isHead: true, cell: (tag) => <a href={`#/cards?${new URLSearchParams({ tag: tag.name })}`}>{tag.name}</a> },
                { label: "Cards", isNumber: true, cell: (tag) => tag.cards.toLocaleString("en-GB") },
              ]}
              actions={isOperator ? (tag) => (
                <>
                  <button type="button" className="button button-small" aria-label={`Rename ${tag.name}`} onClick={() => setRenamed(tag)}>Rename…</button>
                  <button type="button" className="button button-small" aria-label={`Remove ${tag.name}`} onClick={() => setDoomed(tag)}>Remove…</button>
                </>
              ) : undefined}
            />
          )}
          {renamed && <RenameTag tag={renamed} onClose={() => setRenamed(null)} onSaved={changed} />}
          {doomed && (
            <Deletion path={`/tags/${encodeURIComponent(doomed.name)}`} name={doomed.name} noun="tag" onDeleted={changed} onClose={() => setDoomed(null)}>
              <p>{count(doomed.cards, "card")} lose this tag. Nothing else about them changes.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
