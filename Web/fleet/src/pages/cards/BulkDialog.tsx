import { useEffect, useRef, useState, type ReactNode } from "react";
import { Dialog } from "../../components/Dialog";
import { Progress } from "../../components/Progress";
import { changeCards, type BulkProgress, type CardChange } from "../../live/bulk";
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
  const [progress, setProgress] = useState<BulkProgress | null>(null);
  const controller = useRef(new AbortController());
  useEffect(() => {
    const made = new AbortController();
    controller.current = made;
    return () => made.abort();
  }, []);
  const isRunning = progress !== null && progress.done < progress.total;

  const start = async () => {
    setProgress({ done: 0, total: ids.length, failures: [] });
    const result = await changeCards(ids, change, setProgress, controller.current.signal);
    if (controller.current.signal.aborted) return;
    setProgress(result);
    if (result.failures.length > 0) return;
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
        {progress && <Progress label="Cards changed" total={progress.total} parts={[{ key: "done", count: progress.done, tone: "info" }]} text={`${progress.done} of ${progress.total}`} />}
        {progress && progress.failures.length > 0 && <Failures failures={progress.failures} />}
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>{isRunning ? "Stop" : progress ? "Close" : "Cancel"}</button>
          <button type="submit" className="button button-primary" disabled={isRunning || !isReady}>
            {isRunning ? `Changing, ${progress.done} of ${progress.total}…` : `Set for ${count(ids.length, "card")}`}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** Many cards fail for the same reason: each reason once, with its cards. */
function Failures({ failures }: { failures: BulkProgress["failures"] }) {
  const reasons = [...new Set(failures.map((failure) => failure.reason))].slice(0, 5);
  return (
    <div className="note" data-tone="bad" role="alert">
      <ul>
        {reasons.map((reason) => {
          const names = failures.filter((failure) => failure.reason === reason).map((failure) => failure.name);
          return <li key={reason}>{names.slice(0, 3).join(", ")}{names.length > 3 && ` and ${names.length - 3} more`}: {reason}</li>;
        })}
      </ul>
    </div>
  );
}
