import { useState } from "react";
import { api, sentence } from "../../api";
import { Badge } from "../../components/Badge";
import { SeverityBadge } from "../../components/SeverityBadge";
import { Table, type TableColumn } from "../../components/Table";
import { Moment, Until } from "../../components/Times";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { deliveryLook, reasonWords, tellWord } from "../../model/deliveries";
import type { Delivery } from "../../types/notifications";
import { DeliveryDialog } from "./DeliveryDialog";

function Fate({ delivery }: { delivery: Delivery }) {
  const { word, tone } = deliveryLook(delivery.state);
  const isWaiting = delivery.state === "waiting" && delivery.dueAt;
  return (
    <span className="fate">
      <Badge tone={tone}>{word}</Badge>
      {delivery.reason && <span>{reasonWords(delivery.reason)}</span>}
      {isWaiting && <span className="quiet">{delivery.attempts > 0 ? "again " : ""}<Until at={delivery.dueAt} /></span>}
    </span>
  );
}

/** What is about: its incident, or its alarm. */
function Subject({ delivery }: { delivery: Delivery }) {
  const href = delivery.incident ? `#/incidents/${delivery.incident}` : delivery.alarm ? `#/alarms/${delivery.alarm}` : null;
  return href === null ? <>{delivery.title}</> : <a href={href}>{delivery.title}</a>;
}

interface Props {
  deliveries: readonly Delivery[];
  onRetried: () => void;
  /** All are about the same. */
  isOfOne?: boolean;
}

/** Each notification with its fate and what the far end answered. */
export function DeliveryTable({ deliveries, onRetried, isOfOne = false }: Props) {
  const isOperator = useRole("operator");
  const [shown, setShown] = useState<Delivery | null>(null);
  const retry = async (delivery: Delivery) => {
    try {
      await api.create(`/notifications/${delivery.id}/retry`);
      notify("It is sent again now.");
      onRetried();
    } catch (error) {
      notify(sentence(error), "bad");
    }
  };
  const columns: TableColumn<Delivery>[] = [
    { label: "Made", cell: (each) => <Moment at={each.createdAt} /> },
    { label: "What", isHead: true, cell: (each) => (isOfOne ? each.title : <Subject delivery={each} />) },
    { label: "Kind", cell: (each) => tellWord(each.kind) },
    { label: "Severity", cell: (each) => <SeverityBadge severity={each.severity} isPast={each.kind === "ended" || each.kind === "singleEnded"} /> },
    { label: "Channel", cell: (each) => each.channelName },
    { label: "Fate", cell: (each) => <Fate delivery={each} /> },
    { label: "Tries", isNumber: true, cell: (each) => each.attempts },
    { label: "Answer", cell: (each) => each.answer && <span className="answer mono">{each.answer}</span> },
  ];
  return (
    <>
      <Table
        label="Notifications" items={deliveries} keyOf={(each) => each.id} columns={columns}
        actions={(each) => (
          <>
            <button type="button" className="button button-small" aria-label={`Details of ${each.title}`} onClick={() => setShown(each)}>Details</button>
            {isOperator && (each.state === "failed" || (each.state === "waiting" && each.attempts > 0)) && (
              <button type="button" className="button button-small" aria-label={`Send ${each.title} again`} onClick={() => void retry(each)}>Retry</button>
            )}
          </>
        )}
      />
      {shown && <DeliveryDialog delivery={shown} onClose={() => setShown(null)} />}
    </>
  );
}
