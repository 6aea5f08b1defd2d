import { useState } from "react";
import { go } from "../../live/route";
import { selection } from "../../live/selection";
import { useSignal } from "../../live/signal";
import { count } from "../../model/format";
import { BulkPolling, BulkSite, BulkTags } from "./BulkDialogs";

type Open = "site" | "tags" | "polling" | null;

/** What can be done with the ticked cards; there only while some are. */
export function BulkBar() {
  const selected = useSignal(selection);
  const [open, setOpen] = useState<Open>(null);
  if (selected.size === 0) return null;
  const props = { ids: [...selected], onClose: () => setOpen(null) };
  return (
    <div className="bulk-bar" role="region" aria-label="Selected cards">
      <strong>{count(selected.size, "card")} selected</strong>
      <button type="button" className="button" onClick={() => setOpen("site")}>Site…</button>
      <button type="button" className="button" onClick={() => setOpen("tags")}>Tags…</button>
      <button type="button" className="button" onClick={() => setOpen("polling")}>Polling…</button>
      <button type="button" className="button button-primary" onClick={() => go("campaigns/new")}>Upgrade firmware…</button>
      <button type="button" className="button" onClick={() => selection.write(new Set())}>Clear selection</button>
      {open === "site" && <BulkSite {...props} />}
      {open === "tags" && <BulkTags {...props} />}
      {open === "polling" && <BulkPolling {...props} />}
    </div>
  );
}
