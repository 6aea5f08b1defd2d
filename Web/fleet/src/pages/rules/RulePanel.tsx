import { useState } from "react";
import { api, sentence } from "../../api";
import { Badge } from "../../components/Badge";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { SeverityBadge } from "../../components/SeverityBadge";
import { Table } from "../../components/Table";
import { useList } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { ruleConditionWords, ruleScopeWords } from "../../model/rules";
import type { AlarmRule } from "../../types/rules";
import { DryRunDialog } from "./DryRunDialog";
import { RuleDialog } from "./RuleDialog";

type Open = { what: "edit"; rule: AlarmRule | null } | { what: "dryRun" | "delete"; rule: AlarmRule } | null;

function Standing({ rule }: { rule: AlarmRule }) {
  if (rule.activeAlarms === undefined) return null;
  return <a href={`#/alarms?${new URLSearchParams({ name: rule.alarm ?? `rule:${rule.name}` })}`}>{rule.activeAlarms.toLocaleString("en-GB")}</a>;
}

/** The rules, each with what it has raised. */
export function RulePanel() {
  const isOperator = useRole("operator");
  const loaded = useList<AlarmRule>("/rules");
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const turn = async (rule: AlarmRule) => {
    try {
      await api.change(`/rules/${rule.id}`, { enabled: !rule.enabled });
      loaded.reload();
    } catch (error) {
      notify(sentence(error), "bad");
    }
  };
  return (
    <LoadedPanel
      title="Rules" what="alarm rules" loaded={loaded}
      hint="Each raises an alarm for every card of its scope on which its condition holds. Without data nothing is raised, and nothing is cleared."
      action={isOperator && <button type="button" className="button" onClick={() => setOpen({ what: "edit", rule: null })}>Add a rule…</button>}
    >
      {(rules) => (
        <>
          {rules.length === 0 && <p className="quiet">No rules. Alarms come from the cards and from communication only.</p>}
          {rules.length > 0 && (
            <Table
              label="Rules" items={rules} keyOf={(rule) => rule.id}
              columns={[
                { label: "Rule", isHead: true, cell: (rule) => <>{rule.name}{rule.title && <span className="quiet"> {rule.title}</span>}</> },
                { label: "When", cell: (rule) => <span className="candidate">{ruleConditionWords(rule)}{rule.notes?.map((note) => <span key={note} className="quiet">{note}</span>)}</span> },
                { label: "For", cell: (rule) => ruleScopeWords(rule.scope) },
                { label: "Severity", cell: (rule) => <SeverityBadge severity={rule.severity} isPast={!rule.enabled} /> },
                { label: "State", cell: (rule) => <Badge tone={rule.enabled ? "good" : "muted"}>{rule.enabled ? "On" : "Off"}</Badge> },
                { label: "Alarms", isNumber: true, cell: (rule) => <Standing rule={rule} /> },
              ]}
              actions={isOperator ? (rule) => (
                <>
                  <button type="button" className="button button-small" aria-label={`Dry-run ${rule.name}`} onClick={() => setOpen({ what: "dryRun", rule })}>Dry-run…</button>
                  <button type="button" className="button button-small" aria-label={`Turn ${rule.name} ${rule.enabled ? "off" : "on"}`} onClick={() => void turn(rule)}>
                    {rule.enabled ? "Turn off" : "Turn on"}
                  </button>
                  <EditButtons name={rule.name} onEdit={() => setOpen({ what: "edit", rule })} onDelete={() => setOpen({ what: "delete", rule })} />
                </>
              ) : undefined}
            />
          )}
          {open?.what === "edit" && <RuleDialog rule={open.rule} onClose={close} onSaved={loaded.reload} />}
          {open?.what === "dryRun" && <DryRunDialog rule={open.rule} onClose={close} />}
          {open?.what === "delete" && (
            <Deletion path={`/rules/${open.rule.id}`} name={open.rule.name} noun="rule" onDeleted={loaded.reload} onClose={close}>
              <p>Its alarms that stand are cleared.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
