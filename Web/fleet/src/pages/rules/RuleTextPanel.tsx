import { useEffect, useId, useRef, useState } from "react";
import { api, download, Problem, readText, sentence } from "../../api";
import { Check } from "../../components/Checks";
import { ErrorNote } from "../../components/ErrorNote";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { faultsOf } from "../../model/ruleFaults";
import { importRuleWords } from "../../model/rules";
import type { RuleFault, RuleImport } from "../../types/rules";
import { FaultList } from "./FaultList";

const yaml = "application/yaml";

/** All rules as one text: to be kept with other code, and to be brought back. */
export function RuleTextPanel() {
  const isOperator = useRole("operator");
  const [text, setText] = useState("");
  const [replaces, setReplaces] = useState(false);
  const [faults, setFaults] = useState<readonly RuleFault[]>([]);
  const [outcome, setOutcome] = useState<{ words: string; isDryRun: boolean } | null>(null);
  const { isBusy, error, run } = useAction();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);

  const set = (next: string) => {
    setText(next);
    setFaults([]);
    setOutcome(null);
  };
  const load = () => run(async () => set(await readText("/rules/export", yaml)));
  useEffect(() => void load(), []);

  const send = (isDryRun: boolean) => run(async () => {
    setOutcome(null);
    setFaults([]);
    try {
      const result = await api.create<RuleImport>(`/rules/import?dryRun=${isDryRun}&replace=${replaces}`, undefined, { text: { type: yaml, content: text } });
      setOutcome({ words: [importRuleWords(result, isDryRun), ...(result.notes ?? [])].join(" "), isDryRun });
      if (!isDryRun) notify("The rules were imported.");
    } catch (problem) {
      const found = problem instanceof Problem ? faultsOf(problem.fields, sentence(problem)) : [];
      if (found.length === 0) throw problem;
      setFaults(found);
    }
  });
  const show = (line: number) => {
    const field = area.current;
    if (!field) return;
    const start = text.split("\n").slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    field.focus();
    field.setSelectionRange(start, start + (text.split("\n")[line - 1]?.length ?? 0));
  };

  return (
    <section className="panel form" aria-labelledby={`${id}-title`}>
      <div className="section-head">
        <h2 id={`${id}-title`}>Rules as YAML</h2>
        <span className="row-actions">
          <button type="button" className="button button-small" disabled={isBusy} onClick={() => void load()}>Read the server's</button>
          <button type="button" className="button button-small" disabled={isBusy} onClick={() => void run(() => download("/rules/export", "nvfleet-rules.yaml", yaml))}>Save as file</button>
        </span>
      </div>
      <div className="field">
        <label htmlFor={id}>Text</label>
        <textarea
          ref={area} id={id} className="input code" rows={22} spellCheck={false} readOnly={!isOperator} value={text} aria-invalid={faults.length > 0 || undefined}
          aria-describedby={faults.length > 0 ? `${id}-faults` : undefined} onChange={(event) => set(event.target.value)}
        />
      </div>
      <FaultList id={`${id}-faults`} faults={faults} onShow={show} />
      <div role="status">{outcome && <p className="note" data-tone={outcome.isDryRun ? "info" : "good"}>{outcome.words}</p>}</div>
      <ErrorNote text={error} />
      {isOperator && (
        <>
          <Check label="Remove the rules that this text does not have" checked={replaces} onChange={(isOn) => {
            setReplaces(isOn);
            setOutcome(null);
          }} />
          <div className="form-actions">
            <button type="button" className="button" disabled={isBusy || text.trim() === ""} onClick={() => void send(true)}>{isBusy ? "Working…" : "Check"}</button>
            <button type="button" className="button button-primary" disabled={isBusy || outcome?.isDryRun !== true} onClick={() => void send(false)}>Import</button>
          </div>
        </>
      )}
    </section>
  );
}
