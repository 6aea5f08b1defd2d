import { Table } from "../../components/Table";
import { Moment } from "../../components/Times";
import { duration } from "../../model/format";
import type { RuleDryRun } from "../../types/rules";

/** "Would have fired 3 times …", and on which cards. */
export function DryRunResult({ result }: { result: RuleDryRun }) {
  return (
    <>
      <p className="note" data-tone={result.fired === 0 ? "info" : "caution"}>{result.text.charAt(0).toUpperCase() + result.text.slice(1)}.</p>
      {result.notes?.map((note) => <p key={note} className="quiet">{note}</p>)}
      {result.cards.length > 0 && (
        <Table
          label="Cards on which it would have fired" items={result.cards} keyOf={(card) => card.card}
          columns={[
            { label: "Card", isHead: true, cell: (card) => <a href={`#/cards/${card.card}`}>{card.name}</a> },
            { label: "Times", isNumber: true, cell: (card) => card.fired },
            { label: "Longest", isNumber: true, cell: (card) => card.longestSeconds != null && duration(card.longestSeconds) },
            { label: "First", cell: (card) => card.firstAt && <Moment at={card.firstAt} /> },
          ]}
        />
      )}
    </>
  );
}
