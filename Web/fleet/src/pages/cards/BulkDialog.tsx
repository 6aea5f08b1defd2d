import type { ReactNode } from "react";
import { BulkResult } from "../../components/BulkResult";
import { Dialog } from "../../components/Dialog";
import { useBulk } from "../../hooks/useBulk";
import { changeCards, type CardChange } from "../../live/bulk";
import { notify } from "../../live/notices";
import { count } from "../../model/format";
import type { Card } from "../../types";

interface Props {
  title: string;
  ids: readonly number[];
  isReady?: boolean;
  /** What to change of a card, or null where it is so already. */
  change: (card: Card) => CardChange | null;
  onClose: () => void;
  children: ReactNode;
}

/** One change to many cards, with its progress; what failed stays to be read. */
export function BulkDialog({ title, ids, isReady = true, change, onClose, children }: Props) {
  const { progress, isRunning, run } = useBulk();

  const start = async () => {
    const result = await run(ids.length, (tell, signal) => changeCards(ids, change, tell, signal));
    if (result?.failures.length !== 0) return;
    notify(`${title} of ${count(ids.length, "card")} set.`);
    onClose();
  };

  return (
    <Dialog title={`${title} of ${count(ids.length, "card")}`} onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}>
        {children}
        <BulkResult label="Cards changed" progress={progress} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{isRunning ? "Stop" : progress ? "Close" : "Cancel"}</button>
          <button type="submit" className="button button-primary" disabled={isRunning || !isReady}>
            {isRunning && progress ? `Changing, ${progress.done} of ${progress.total}…` : `Set for ${count(ids.length, "card")}`}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
