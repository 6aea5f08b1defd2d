import type { ReactNode } from "react";
import { Dialog } from "../../components/Dialog";
import { orDash } from "../../components/Absent";
import { Moment } from "../../components/Times";
import { deliveryLook, reasonWords } from "../../model/deliveries";
import type { Delivery } from "../../types/notifications";

function Row({ label, children }: { label: string; children: ReactNode }) {
  return <div><dt>{label}</dt><dd>{orDash(children)}</dd></div>;
}

/** One notification, word for word. */
export function DeliveryDialog({ delivery, onClose }: { delivery: Delivery; onClose: () => void }) {
  return (
    <Dialog title={delivery.title} onClose={onClose} isWide>
      <div className="form">
        <dl className="figures">
          <Row label="Channel">{delivery.channelName}</Row>
          <Row label="State">{deliveryLook(delivery.state).word}{delivery.reason && `: ${reasonWords(delivery.reason)}`}</Row>
          <Row label="Made"><Moment at={delivery.createdAt} /></Row>
          <Row label="Tries">{delivery.attempts}</Row>
          <Row label="Last try">{delivery.attemptedAt && <Moment at={delivery.attemptedAt} />}</Row>
          <Row label="Ended">{delivery.endedAt && <Moment at={delivery.endedAt} />}</Row>
          <Row label="Message ID"><span className="mono">{delivery.messageId}</span></Row>
        </dl>
        <div className="field"><h3>What was said</h3><pre className="literal">{delivery.text}</pre></div>
        <div className="field"><h3>What the far end answered</h3><pre className="literal">{delivery.answer ?? "Nothing yet."}</pre></div>
        <div className="form-actions"><button type="button" className="button" onClick={onClose}>Close</button></div>
      </div>
    </Dialog>
  );
}
