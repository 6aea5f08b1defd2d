import { useCallback } from "react";
import { api } from "../../api";
import { Badge } from "../../components/Badge";
import { ErrorNote } from "../../components/ErrorNote";
import { useRequest } from "../../hooks/useRequest";
import { count } from "../../model/format";
import type { DryRun, Verdict } from "../../types";

function VerdictTable({ verdicts }: { verdicts: readonly Verdict[] }) {
  return (
    <table className="table table-stacks">
      <thead><tr><th scope="col">Card</th><th scope="col">Verdict</th><th scope="col">Why</th></tr></thead>
      <tbody>
        {verdicts.map((verdict) => (
          <tr key={verdict.card}>
            <th scope="row" data-label="Card"><a href={`#/cards/${verdict.card}`}>{verdict.name}</a></th>
            <td data-label="Verdict"><Badge tone={verdict.verdict === "ready" ? "good" : "caution"}>{verdict.verdict === "ready" ? "Ready" : "Would be skipped"}</Badge></td>
            <td data-label="Why">{verdict.reason}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What would happen: who is ready, who would be skipped and why. Nothing is changed by looking. */
export function DryRunPanel({ id }: { id: number }) {
  const { value, error, reload } = useRequest(useCallback((signal: AbortSignal) => api.create<DryRun>(`/campaigns/${id}/dry-run`, undefined, { signal }), [id]));
  const skipped = value?.cards.filter((card) => card.verdict === "skip") ?? [];
  const ready = value?.cards.filter((card) => card.verdict === "ready") ?? [];
  return (
    <section className="panel" aria-labelledby="dry-run">
      <div className="section-head">
        <h2 id="dry-run">Dry run</h2>
        <button type="button" className="button button-small" onClick={reload}>Check again</button>
      </div>
      <ErrorNote text={error} retry={reload} />
      {!value && !error && <p className="quiet" role="status">Asking the cards…</p>}
      {value && (
        <>
          <p role="status"><strong>{count(ready.length, "card")} ready</strong>{skipped.length > 0 && <>, <strong>{count(skipped.length, "card")} would be skipped</strong></>}. Nothing has been changed yet.</p>
          {skipped.length > 0 && <VerdictTable verdicts={skipped} />}
          {ready.length > 0 && <details><summary>{count(ready.length, "ready card")}</summary><VerdictTable verdicts={ready} /></details>}
        </>
      )}
    </section>
  );
}
