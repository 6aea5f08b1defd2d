import { useState } from "react";
import { Badge } from "../../components/Badge";
import { Check } from "../../components/Checks";
import { Table } from "../../components/Table";
import { actionTone, actionWord, importWords } from "../../model/imports";
import type { ImportResult } from "../../types/discovery";

/** What becomes of each line. */
export function ImportLines({ result, isDryRun }: { result: ImportResult; isDryRun: boolean }) {
  const [onlyRefused, setOnlyRefused] = useState(false);
  const lines = onlyRefused ? result.items.filter((item) => item.action === "refused") : result.items;
  return (
    <>
      <p className="note" data-tone={result.refused > 0 ? "caution" : "good"} role="status">{importWords(result, isDryRun)}</p>
      {result.refused > 0 && result.refused < result.items.length && <Check label="Only refused lines" checked={onlyRefused} onChange={setOnlyRefused} />}
      <Table
        label="Lines of the import" items={lines} keyOf={(item) => item.line}
        columns={[
          { label: "Line", isNumber: true, cell: (item) => item.line },
          { label: "Address", isMono: true, isHead: true, cell: (item) => (item.card ? <a href={`#/cards/${item.card}`}>{item.address}</a> : item.address) },
          { label: "Result", cell: (item) => <Badge tone={actionTone[item.action]}>{actionWord(item.action, isDryRun)}</Badge> },
          { label: "Reason", cell: (item) => item.error },
        ]}
      />
    </>
  );
}
