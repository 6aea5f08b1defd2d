import type { BulkProgress } from "../live/bulk";
import { Progress } from "./Progress";

/** How far a work on many things is, and what of it failed. */
export function BulkResult({ label, progress }: { label: string; progress: BulkProgress | null }) {
  if (!progress) return null;
  const { done, total, failures } = progress;
  return (
    <>
      <Progress label={label} total={total} parts={[{ key: "done", count: done, tone: "info" }]} text={`${done} of ${total}`} />
      {failures.length > 0 && <Failures failures={failures} />}
    </>
  );
}

/** Many fail for the same reason: each reason once, with the names. */
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
