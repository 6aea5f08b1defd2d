import { useState } from "react";
import { api } from "../../api";
import { Badge } from "../../components/Badge";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { useAction } from "../../hooks/useAction";
import type { Channel, ChannelTest } from "../../types/notifications";

/** Sends a message by a channel, and shows what the far end said to it, word for word. */
export function ChannelTestDialog({ channel, onClose }: { channel: Channel; onClose: () => void }) {
  const [result, setResult] = useState<ChannelTest | null>(null);
  const { isBusy, error, run } = useAction();
  const send = () => run(async () => {
    setResult(null);
    setResult(await api.create<ChannelTest>(`/notifications/channels/${channel.id}/test`));
  });
  return (
    <Dialog title={`Test ${channel.name}`} onClose={onClose}>
      <div className="form">
        <p>A message that says it is a test is sent by this channel now, whatever the routes say.</p>
        <div role="status" className="field">
          {isBusy && <p className="quiet">Waiting for the far end, up to half a minute…</p>}
          {result && (
            <>
              <p className="row-actions">
                <Badge tone={result.delivered ? "good" : "bad"}>{result.delivered ? "Delivered" : "Not delivered"}</Badge>
                <span className="quiet">after {result.milliseconds.toLocaleString("en-GB")} ms</span>
              </p>
              <h3>What the far end answered</h3>
              <pre className="literal">{result.answer === "" ? "Nothing." : result.answer}</pre>
            </>
          )}
        </div>
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Close</button>
          <button type="button" className="button button-primary" disabled={isBusy} onClick={() => void send()}>{result ? "Send again" : "Send a test"}</button>
        </div>
      </div>
    </Dialog>
  );
}
