import { useState } from "react";
import { FormDialog } from "../../components/FormDialog";
import { TextArea } from "../../components/TextArea";
import { acknowledgeAll } from "../../live/acknowledge";
import { notify } from "../../live/notices";
import { count } from "../../model/format";

interface Props { ids: readonly number[]; onClose: () => void; onDone: () => void }

/** Says that somebody has seen the alarms and takes care of them. */
export function AcknowledgeDialog({ ids, onClose, onDone }: Props) {
  const [comment, setComment] = useState("");
  const save = async () => {
    const { acknowledged, skipped } = await acknowledgeAll(ids, comment.trim());
    if (acknowledged > 0 || skipped.length === 0) notify(`${count(acknowledged, "alarm")} acknowledged.`);
    const reasons = [...new Set(skipped.map(({ reason }) => reason))].slice(0, 3).join("; ");
    if (skipped.length > 0) notify(`${count(skipped.length, "alarm")} left as ${skipped.length === 1 ? "it was" : "they were"}: ${reasons}`, "bad");
    onDone();
  };
  return (
    <FormDialog title={`Acknowledge ${count(ids.length, "alarm")}`} verb="Acknowledge" onSubmit={save} onClose={onClose}>
      <p className="quiet">Acknowledged alarms are no longer escalated. They stand until they are cleared.</p>
      <TextArea label="Comment (optional)" isMono={false} rows={3} value={comment} onChange={setComment} />
    </FormDialog>
  );
}
