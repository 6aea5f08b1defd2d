import { stepTone, steps, stepWord } from "../../model/campaign";
import type { StepState } from "../../types";

interface Props { state: StepState; progress: number | null }

/** Where a card is on its way: a dot for each step, and the step in words, with the transfer's percent. */
export function StepIndicator({ state, progress }: Props) {
  const reached = steps.indexOf(state);
  const percent = state === "transfer" && typeof progress === "number" ? ` ${Math.round(progress * 100)}\u00a0%` : "";
  return (
    <span className="steps" data-tone={stepTone(state)}>
      <span className="steps-dots" aria-hidden="true">
        {steps.map((step, index) => <span key={step} className="steps-dot" data-reached={reached >= index || undefined} data-now={reached === index || undefined} />)}
      </span>
      <span className="steps-word">{stepWord[state]}{percent}</span>
    </span>
  );
}
