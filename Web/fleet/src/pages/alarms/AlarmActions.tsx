import { useState } from "react";
import { api } from "../../api";
import { Confirm } from "../../components/Confirm";
import { ErrorNote } from "../../components/ErrorNote";
import { useAction } from "../../hooks/useAction";
import { isShelved } from "../../model/alarms";
import type { Alarm } from "../../types/alarms";
import { AcknowledgeDialog } from "./AcknowledgeDialog";
import { ShelveDialog } from "./ShelveDialog";

/** What an operator can do with an alarm that stands. */
export function AlarmActions({ alarm, onDone }: { alarm: Alarm; onDone: () => void }) {
  const [open, setOpen] = useState<"acknowledge" | "shelve" | "clear" | null>(null);
  const { isBusy, error, run } = useAction();
  const close = () => setOpen(null);
  const ask = (what: string) => void run(async () => {
    await api.create(`/alarms/${alarm.id}/${what}`);
    onDone();
  });
  if (alarm.state === "cleared") return null;
  return (
    <>
      <div className="card-actions">
        {alarm.state === "raised"
          ? <button type="button" className="button button-primary" onClick={() => setOpen("acknowledge")}>Acknowledge…</button>
          : <button type="button" className="button" disabled={isBusy} onClick={() => ask("unacknowledge")}>Withdraw acknowledgement</button>}
        {isShelved(alarm, Date.now())
          ? <button type="button" className="button" disabled={isBusy} onClick={() => ask("unshelve")}>Unshelve</button>
          : <button type="button" className="button" onClick={() => setOpen("shelve")}>Shelve…</button>}
        {(alarm.source === "trap" || alarm.source === "syslog") && <button type="button" className="button" onClick={() => setOpen("clear")}>Clear…</button>}
      </div>
      <ErrorNote text={error} />
      {open === "acknowledge" && <AcknowledgeDialog ids={[alarm.id]} onClose={close} onDone={onDone} />}
      {open === "clear" && (
        <Confirm
          title={`Clear ${alarm.title}?`} verb="Clear alarm" onClose={close}
          onConfirm={async () => {
            await api.create(`/alarms/${alarm.id}/clear`);
            onDone();
          }}
        >
          <p>The card told of this alarm by itself. Clear it if its end was never heard; if it stands after all, the next poll raises it again.</p>
        </Confirm>
      )}
      {open === "shelve" && <ShelveDialog alarm={alarm} onClose={close} onDone={onDone} />}
    </>
  );
}
