import { useState } from "react";
import { api, sentence } from "../../api";
import { LoadedPanel } from "../../components/LoadedPanel";
import { useList, useRepeat, type Loaded } from "../../hooks/useRequest";
import { refreshFleet } from "../../live/feed";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { count } from "../../model/format";
import type { Candidate, CandidateState } from "../../types/discovery";
import { AcceptDialog } from "./AcceptDialog";
import { CandidateTable } from "./CandidateTable";

const refresh = 15_000;
const states: [CandidateState, string][] = [["new", "To decide"], ["ignored", "Ignored"]];

/** One decision for each candidate in turn; the first that fails ends it, and says so. */
async function decide(candidates: readonly Candidate[], verb: "ignore" | "reconsider"): Promise<void> {
  for (const candidate of candidates) await api.create(`/candidates/${candidate.id}/${verb}`);
}

/** What was found and is not in the fleet: take it in, or leave it out for good. */
export function CandidatePanel({ loaded: newOnes }: { loaded: Loaded<Candidate[]> }) {
  const isOperator = useRole("operator");
  const [state, setState] = useState<CandidateState>("new");
  const ignored = useList<Candidate>("/candidates?state=ignored");
  const loaded = state === "new" ? newOnes : ignored;
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [accepted, setAccepted] = useState<readonly Candidate[] | null>(null);
  useRepeat(newOnes.reload, refresh);

  const changed = () => {
    newOnes.reload();
    ignored.reload();
    setChosen(new Set());
    void refreshFleet();
  };
  const run = async (candidates: readonly Candidate[], verb: "ignore" | "reconsider") => {
    try {
      await decide(candidates, verb);
      notify(`${count(candidates.length, "candidate")} ${verb === "ignore" ? "ignored, whoever finds them again" : "to be decided again"}.`);
    } catch (error) {
      notify(sentence(error), "bad");
    }
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
          {candidates.length === 0 && <p className="quiet">{state === "new" ? "Nothing waits for a decision." : "Nothing is ignored."}</p>}
          {candidates.length > 0 && (
            <CandidateTable
              candidates={candidates} chosen={chosen} canDecide={isOperator} onChoose={setChosen} onAccept={setAccepted}
              onIgnore={(some) => void run(some, "ignore")} onReconsider={(some) => void run(some, "reconsider")}
            />
          )}
          {accepted && <AcceptDialog candidates={accepted} onClose={() => setAccepted(null)} onDone={changed} />}
        </>
      )}
    </LoadedPanel>
  );
}
