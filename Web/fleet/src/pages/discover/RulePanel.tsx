import { useState } from "react";
import { Badge } from "../../components/Badge";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useList } from "../../hooks/useRequest";
import { useRole } from "../../live/session";
import { ruleWords } from "../../model/discovery";
import type { DiscoveryRule } from "../../types/discovery";
import { RuleDialog } from "./RuleDialog";

/** What is decided without anybody: the first rule that fits a found card. */
export function RulePanel() {
  const isOperator = useRole("operator");
  const loaded = useList<DiscoveryRule>("/discovery-rules");
  const [edited, setEdited] = useState<DiscoveryRule | "new" | null>(null);
  const [doomed, setDoomed] = useState<DiscoveryRule | null>(null);
  const after = (rules: readonly DiscoveryRule[]) => Math.max(0, ...rules.map((rule) => rule.position)) + 1;
  return (
    <LoadedPanel
      title="Rules" what="discovery rules" loaded={loaded} hint="When a search does not add cards by itself, the first rule that fits decides; what no rule fits waits for review."
      action={isOperator && <button type="button" className="button" onClick={() => setEdited("new")}>Add a rule…</button>}
    >
      {(rules) => (
        <>
          {rules.length === 0 && <p className="quiet">No rules: everything found waits for review.</p>}
          {rules.length > 0 && (
            <Table
              label="Rules" items={[...rules].sort((a, b) => a.position - b.position)} keyOf={(rule) => rule.id}
              columns={[
                { label: "Position", isNumber: true, cell: (rule) => rule.position },
                { label: "Rule", isHead: true, cell: (rule) => rule.name },
                { label: "For cards", cell: ruleWords },
                { label: "Action", cell: (rule) => <Badge tone={rule.action === "accept" ? "good" : "muted"}>{rule.action === "accept" ? "Accept" : "Ignore"}</Badge> },
                { label: "Site", cell: (rule) => rule.site },
                { label: "Tags", cell: (rule) => rule.tags.join(", ") },
              ]}
              actions={isOperator ? (rule) => <EditButtons name={rule.name} onEdit={() => setEdited(rule)} onDelete={() => setDoomed(rule)} /> : undefined}
            />
          )}
          {edited && <RuleDialog rule={edited === "new" ? null : edited} position={after(rules)} onClose={() => setEdited(null)} onSaved={loaded.reload} />}
          {doomed && (
            <Deletion path={`/discovery-rules/${doomed.id}`} name={doomed.name} noun="rule" onDeleted={loaded.reload} onClose={() => setDoomed(null)}>
              <p>What it has decided stays decided.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
