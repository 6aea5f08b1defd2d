import { Icon } from "../../components/Icon";
import { Table, type TableColumn } from "../../components/Table";
import { Ago } from "../../components/Times";
import { candidateName, methodList } from "../../model/discovery";
import { count } from "../../model/format";
import type { Candidate } from "../../types/discovery";

interface Props {
  candidates: readonly Candidate[];
  chosen: ReadonlySet<number>;
  canDecide: boolean;
  onChoose: (chosen: ReadonlySet<number>) => void;
  onAccept: (candidates: readonly Candidate[]) => void;
  onIgnore: (candidates: readonly Candidate[]) => void;
  onReconsider: (candidates: readonly Candidate[]) => void;
}

/** Its name, and what one should know before taking it in. */
function Who({ candidate }: { candidate: Candidate }) {
  return (
    <span className="candidate">
      <span>{candidateName(candidate)}</span>
      {candidate.place && <span className="candidate-note" data-tone="info"><Icon name="swap" />may take the place of <a href={`#/cards/${candidate.place.card}`}>{candidate.place.name}</a></span>}
      {candidate.evidence?.map((words) => <span key={words} className="candidate-note quiet">{words}</span>)}
      {candidate.warnings.map((warning) => <span key={warning} className="candidate-note" data-tone="caution"><Icon name="warning" />{warning}</span>)}
    </span>
  );
}

const columns: readonly TableColumn<Candidate>[] = [
  { label: "Card", isHead: true, cell: (candidate) => <Who candidate={candidate} /> },
  { label: "Address", isMono: true, cell: (candidate) => candidate.address },
  { label: "MAC", isMono: true, cell: (candidate) => candidate.mac },
  { label: "Serial", cell: (candidate) => candidate.serial },
  { label: "Generation", cell: (candidate) => candidate.generation },
  { label: "Firmware", cell: (candidate) => candidate.firmware },
  { label: "Found by", cell: (candidate) => methodList(candidate.methods) },
  { label: "Seen", cell: (candidate) => <Ago at={candidate.lastSeen} /> },
];

/** Candidates with a tick each, and what can be done with the ticked ones or with one. */
export function CandidateTable({ candidates, chosen, canDecide, onChoose, onAccept, onIgnore, onReconsider }: Props) {
  const ticked = candidates.filter((candidate) => chosen.has(candidate.id));
  const isDecidable = candidates[0]?.state === "new";
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  const chooseAll = () => onChoose(ticked.length === candidates.length ? new Set() : new Set(candidates.map((candidate) => candidate.id)));
  const tick: TableColumn<Candidate> = {
    label: "Select",
    cell: (candidate) => <input type="checkbox" aria-label={`Select ${candidate.address}`} checked={chosen.has(candidate.id)} onChange={() => toggle(candidate.id)} />,
  };
  const actions = (candidate: Candidate) => (isDecidable ? (
    <>
      <button type="button" className="button button-small" aria-label={`Accept ${candidate.address}`} onClick={() => onAccept([candidate])}>Accept…</button>
      <button type="button" className="button button-small" aria-label={`Ignore ${candidate.address}`} onClick={() => onIgnore([candidate])}>Ignore</button>
    </>
  ) : <button type="button" className="button button-small" aria-label={`Reconsider ${candidate.address}`} onClick={() => onReconsider([candidate])}>Reconsider</button>);
  return (
    <>
      {canDecide && isDecidable && (
        <div className="list-actions">
          <label className="check"><input type="checkbox" checked={ticked.length === candidates.length} onChange={chooseAll} /><span>All {candidates.length.toLocaleString("en-GB")}</span></label>
          <button type="button" className="button button-primary" disabled={ticked.length === 0} onClick={() => onAccept(ticked)}>Accept {ticked.length > 0 ? count(ticked.length, "card") : "selected"}…</button>
          <button type="button" className="button" disabled={ticked.length === 0} onClick={() => onIgnore(ticked)}>Ignore selected</button>
        </div>
      )}
      <Table label="Candidates" items={candidates} keyOf={(candidate) => candidate.id} columns={canDecide && isDecidable ? [tick, ...columns] : columns} actions={canDecide ? actions : undefined} />
    </>
  );
}
