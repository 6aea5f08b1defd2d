import { useState } from "react";
import { BulkResult } from "../../components/BulkResult";
import { LoadedPanel } from "../../components/LoadedPanel";
import { useBulk } from "../../hooks/useBulk";
import { useList, useRepeat, type Loaded } from "../../hooks/useRequest";
import { decideAll, type Decision } from "../../live/decide";
import { refreshFleet } from "../../live/feed";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { count } from "../../model/format";
import type { Candidate, CandidateState } from "../../types/discovery";
import { AcceptDialog } from "./AcceptDialog";
import { CandidateTable } from "./CandidateTable";

const refresh = 15_000;
const states: [CandidateState, string][] = [["new", "To decide"], ["ignored", "Ignored"]];

/** What was found and is not in the fleet: take it in, or leave it out for good. */
export function CandidatePanel({ loaded: newOnes }: { loaded: Loaded<Candidate[]> }) {
  const isOperator = useRole("operator");
  const [state, setState] = useState<CandidateState>("new");
  const ignored = useList<Candidate>("/candidates?state=ignored");
  const loaded = state === "new" ? newOnes : ignored;
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [accepted, setAccepted] = useState<readonly Candidate[] | null>(null);
  const bulk = useBulk();
  useRepeat(newOnes.renew, refresh);

  const changed = () => {
    newOnes.reload();
    ignored.reload();
    setChosen(new Set());
    refreshFleet();
  };
  const decide = async (candidates: readonly Candidate[], decision: Decision) => {
    const result = await bulk.run(candidates.length, (tell, signal) => decideAll(candidates, decision, tell, signal));
    if (result?.failures.length === 0) notify(`${count(candidates.length, "candidate")} ${decision === "ignore" ? "ignored, whoever finds them again" : "to be decided again"}.`);
    changed();
  };

  return (
    <LoadedPanel
      title="Review" what="a review of candidates" loaded={loaded}
      hint="Cards that searches, traps or neighbours have shown and that are not in the fleet. What is ignored stays ignored."
      action={(
        <div className="segments" role="group" aria-label="Which candidates">
          {states.map(([each, word]) => <button key={each} type="button" aria-pressed={state === each} onClick={() => setState(each)}>{word}</button>)}
        </div>
      )}
    >
      {(candidates) => (
        <>
          {(bulk.isRunning || (bulk.progress?.failures.length ?? 0) > 0) && <BulkResult label="Candidates decided" progress={bulk.progress} />}
          {bulk.isRunning && <p className="row-actions"><button type="button" className="button button-small" onClick={bulk.stop}>Stop</button></p>}
          {candidates.length === 0 && <p className="quiet">{state === "new" ? "Nothing waits for a decision." : "Nothing is ignored."}</p>}
          {candidates.length > 0 && (
            <CandidateTable
              candidates={candidates} chosen={chosen} canDecide={isOperator && !bulk.isRunning} onChoose={setChosen} onAccept={setAccepted}
              onIgnore={(some) => void decide(some, "ignore")} onReconsider={(some) => void decide(some, "reconsider")}
            />
          )}
          {accepted && <AcceptDialog candidates={accepted} onClose={() => setAccepted(null)} onDone={changed} />}
        </>
      )}
    </LoadedPanel>
  );
}
