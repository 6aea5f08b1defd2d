import { Checks } from "../../components/Checks";
import { Field } from "../../components/Field";
import type { Channel, EscalationStep } from "../../types/notifications";

interface Props { steps: readonly EscalationStep[]; channels: readonly Channel[]; onChange: (steps: EscalationStep[]) => void }

/** As many as anybody walks up. */
const most = 10;

/** Who else is told when nobody acknowledges. */
export function EscalationFields({ steps, channels, onChange }: Props) {
  const options = channels.map(({ id, name }) => [`${id}`, name] as const);
  const set = (index: number, change: Partial<EscalationStep>) => onChange(steps.map((step, at) => (at === index ? { ...step, ...change } : step)));
  const add = () => onChange([...steps, { minutes: (steps[steps.length - 1]?.minutes ?? 0) + 15, channels: [] }]);
  return (
    <fieldset className="field form">
      <legend>Escalation</legend>
      {steps.length === 0 && <p className="quiet">Nobody else is told when nobody acknowledges.</p>}
      {steps.map((step, index) => (
        <fieldset key={index} className="escalation-step">
          <legend className="visually-hidden">Step {index + 1}</legend>
          <Field label="After minutes" inputMode="numeric" value={`${step.minutes}`} onChange={(text) => set(index, { minutes: Number(text.replace(/\D/g, "")) })} />
          <Checks isRow label="without acknowledgement tell" options={options} chosen={step.channels.map(String)} onChange={(chosen) => set(index, { channels: chosen.map(Number) })} />
          <button type="button" className="button button-small" aria-label={`Remove step ${index + 1}`} onClick={() => onChange(steps.filter((_, at) => at !== index))}>Remove</button>
        </fieldset>
      ))}
      {steps.length < most && <span><button type="button" className="button button-small" onClick={add}>Add a step</button></span>}
    </fieldset>
  );
}
