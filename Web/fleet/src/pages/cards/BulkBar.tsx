import { go } from "../../live/route";
import { selection } from "../../live/selection";
import { useSignal } from "../../live/signal";
import { count } from "../../model/format";

/** What can be done with the ticked cards; there only while some are. */
export function BulkBar() {
  const selected = useSignal(selection);
  if (selected.size === 0) return null;
  return (
    <div className="bulk-bar" role="region" aria-label="Selected cards">
      <strong>{count(selected.size, "card")} selected</strong>
      <button type="button" className="button button-primary" onClick={() => go("campaigns/new")}>Upgrade firmware…</button>
      <button type="button" className="button" onClick={() => selection.write(new Set())}>Clear selection</button>
    </div>
  );
}
