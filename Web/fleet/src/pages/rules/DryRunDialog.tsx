import { useState } from "react";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Choice } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { ruleConditionWords } from "../../model/rules";
import type { AlarmRule, RuleDryRun } from "../../types/rules";
import { dryRun, dryRunSpans, writtenRule } from "./dryRun";
import { DryRunResult } from "./DryRunResult";

/** What a rule would have raised; nothing is raised. */
export function DryRunDialog({ rule, onClose }: { rule: AlarmRule; onClose: () => void }) {
  const [days, setDays] = useState("30");
  const [result, setResult] = useState<RuleDryRun | null>(null);
  const { isBusy, error, run } = useAction();
  const start = () => run(async () => {
    setResult(null);
    setResult(await dryRun(writtenRule(rule), Number(days)));
  });
  return (
    <Dialog title={`Dry-run of ${rule.name}`} onClose={onClose} isWide>
      <div className="form">
        <p className="quiet">{ruleConditionWords(rule)}: looked for in the stored history. Nothing is raised.</p>
        <Choice label="In" value={days} onChange={setDays} options={dryRunSpans} />
        <div role="status">{isBusy && <p className="quiet">Reading the history…</p>}{result && <DryRunResult result={result} />}</div>
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Close</button>
          <button type="button" className="button button-primary" disabled={isBusy} onClick={() => void start()}>Dry-run</button>
        </div>
      </div>
    </Dialog>
  );
}
