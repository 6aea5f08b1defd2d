import { Field } from "../../components/Field";
import type { Plan, PlanErrors } from "../../model/campaign";

interface Props { plan: Plan; errors: PlanErrors; onChange: (change: Partial<Plan>) => void }

/** How carefully: how many first, how many at once, how long each step, when to stop. */
export function PlanLimits({ plan, errors, onChange }: Props) {
  return (
    <>
      <h2>Safety</h2>
      <div className="form-grid">
        <Field label="Canary cards" inputMode="numeric" value={plan.canary} onChange={(canary) => onChange({ canary })} error={errors.canary} hint="Upgraded first; the rest waits for them." />
        <Field label="Cards at a time" inputMode="numeric" value={plan.concurrency} onChange={(concurrency) => onChange({ concurrency })} error={errors.concurrency} />
        <Field label="Halt at failures" value={plan.halt} onChange={(halt) => onChange({ halt })} error={errors.halt} hint="A percentage or a number of cards." />
      </div>
      <h2>Deadlines <span className="quiet">in seconds, for each card</span></h2>
      <div className="form-grid">
        <Field label="Transfer" inputMode="numeric" value={plan.transfer} onChange={(transfer) => onChange({ transfer })} error={errors.transfer} />
        <Field label="Restart" inputMode="numeric" value={plan.restart} onChange={(restart) => onChange({ restart })} error={errors.restart} />
        <Field label="Verification" inputMode="numeric" value={plan.verify} onChange={(verify) => onChange({ verify })} error={errors.verify} />
      </div>
    </>
  );
}
