import { useState } from "react";
import { api } from "../../api";
import { Check } from "../../components/Checks";
import { ErrorNote } from "../../components/ErrorNote";
import { Choice, Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import { conditionKinds, conditionWords, ruleFault, ruleForm, ruleText } from "../../model/rules";
import { severityOptions } from "../../model/severity";
import type { Severity } from "../../types";
import type { AlarmRule, ConditionKind, RuleDryRun } from "../../types/rules";
import { ConditionFields } from "./ConditionFields";
import { dryRun } from "./dryRun";
import { DryRunResult } from "./DryRunResult";

const kinds = conditionKinds.map((kind): [string, string] => [kind, conditionWords[kind]]);

/** A new rule (`rule` null), or a change of one; it can be tried on the history before it is saved. */
export function RuleDialog({ rule, onClose, onSaved }: { rule: AlarmRule | null; onClose: () => void; onSaved: () => void }) {
  const [form, setForm] = useState(() => ruleForm(rule));
  const [result, setResult] = useState<RuleDryRun | null>(null);
  const trial = useAction();
  const set = (change: Partial<typeof form>) => {
    setForm((known) => ({ ...known, ...change }));
    setResult(null);
  };
  const fault = ruleFault(form);
  const save = async () => {
    const body = ruleText(form);
    if (rule) await api.change(`/rules/${rule.id}`, body);
    else await api.create("/rules", body);
    notify(`The rule ${body.name} was saved.`);
    onSaved();
  };
  const attempt = () => trial.run(async () => setResult(await dryRun(ruleText(form), 30)));
  return (
    <FormDialog title={rule ? `Rule ${rule.name}` : "New rule"} verb="Save rule" isWide isReady={fault === null} onSubmit={save} onClose={onClose}>
      <div className="form-grid form-grid-wide">
        <Field label="Name" required autoFocus maxLength={64} spellCheck={false} value={form.name} onChange={(name) => set({ name })} />
        <Choice label="Severity" value={form.severity} onChange={(severity) => set({ severity: severity as Severity })} options={[...severityOptions]} />
        <Field label="Title (optional)" maxLength={200} value={form.title} onChange={(title) => set({ title })} hint="What an operator reads; empty: as the condition says it." />
      </div>
      <Choice label="When" value={form.kind} onChange={(kind) => set({ kind: kind as ConditionKind })} options={kinds} />
      <ConditionFields form={form} set={set} />
      <div className="form-grid form-grid-wide">
        <Field label="At these sites" value={form.sites} onChange={(sites) => set({ sites })} hint="Apart by semicolons; empty: any." />
        <Field label="With one of these tags" value={form.tags} onChange={(tags) => set({ tags })} hint="Apart by commas; empty: any." />
      </div>
      <Check label="The rule is on" checked={form.enabled} onChange={(enabled) => set({ enabled })} />
      {fault && <p className="field-hint" role="status">{fault}</p>}
      <div role="status">{result && <DryRunResult result={result} />}</div>
      <ErrorNote text={trial.error} />
      <span>
        <button type="button" className="button" disabled={fault !== null || trial.isBusy} onClick={() => void attempt()}>
          {trial.isBusy ? "Reading the history…" : "Dry-run on the last 30 days"}
        </button>
      </span>
    </FormDialog>
  );
}
