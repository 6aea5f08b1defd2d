import { useId } from "react";
import { Check, Checks } from "../../components/Checks";
import { Choice, Field } from "../../components/Field";
import { TextArea } from "../../components/TextArea";
import { commonVariables, type RuleForm } from "../../model/rules";
import { look, statuses } from "../../model/status";

interface Props { form: RuleForm; set: (change: Partial<RuleForm>) => void }

const statusOptions = statuses.map((status) => [status, look(status).word] as const);

function Variable({ form, set, label }: Props & { label: string }) {
  const id = useId();
  return (
    <>
      <Field label={label} list={id} spellCheck={false} value={form.variable} onChange={(variable) => set({ variable })} />
      <datalist id={id}>{commonVariables.map((name) => <option key={name} value={name} />)}</datalist>
    </>
  );
}

function Duration({ form, set, label }: Props & { label: string }) {
  return <Field label={label} spellCheck={false} placeholder="10m" value={form.duration} onChange={(duration) => set({ duration })} hint="With s, m, h or d." />;
}

/** What a rule waits for; each kind has its own fields. */
export function ConditionFields({ form, set }: Props) {
  switch (form.kind) {
    case "threshold":
      return (
        <div className="form-grid form-grid-wide">
          <Variable form={form} set={set} label="Value" />
          <Choice label="Is" value={form.side} onChange={(side) => set({ side: side as RuleForm["side"] })} options={[["above", "above"], ["below", "below"]]} />
          <Field label="Limit" inputMode="decimal" value={form.limit} onChange={(limit) => set({ limit })} hint="In the value's unit; runtimes in seconds." />
          <Field label="Over at (optional)" inputMode="decimal" value={form.clear} onChange={(clear) => set({ clear })} hint="The alarm stands until this value." />
          <Duration form={form} set={set} label="For at least (optional)" />
        </div>
      );
    case "noData":
      return (
        <div className="form-grid form-grid-wide">
          <Variable form={form} set={set} label="Value (optional; empty: the card)" />
          <Duration form={form} set={set} label="For at least" />
        </div>
      );
    case "status":
      return (
        <>
          <Checks isRow label="Status" options={statusOptions} chosen={form.statuses} onChange={(chosen) => set({ statuses: chosen })} />
          <Duration form={form} set={set} label="For at least (optional)" />
        </>
      );
    case "firmware":
      return (
        <div className="form-grid form-grid-wide">
          <TextArea label="Least version" rows={2} placeholder="8.30" value={form.minimum} onChange={(minimum) => set({ minimum })} hint="One for all, or a line for each generation: “NV8: 8.30”." />
          <TextArea label="Or only these versions" rows={2} value={form.allowed} onChange={(allowed) => set({ allowed })} hint="Apart by commas." />
        </div>
      );
    case "batteryTest":
      return (
        <>
          <Check label="The test has failed" checked={form.failed} onChange={(failed) => set({ failed })} />
          <Duration form={form} set={set} label={form.failed ? "Or none is known for (optional)" : "None is known for"} />
        </>
      );
    case "clockSkew": return <Field label="By more than … seconds" inputMode="decimal" value={form.seconds} onChange={(seconds) => set({ seconds })} />;
    case "expiry":
      return (
        <div className="form-grid form-grid-wide">
          <Choice label="What" value={form.of} onChange={(of) => set({ of: of as RuleForm["of"] })} options={[["certificate", "The card's certificate"], ["password", "The card's password"]]} />
          <Duration form={form} set={set} label="Within" />
        </div>
      );
  }
}
