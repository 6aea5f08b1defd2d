import { Badge } from "../../components/Badge";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useList, useRepeat } from "../../hooks/useRequest";
import { kindWords, receiverLook, receiverWord } from "../../model/receivers";
import type { Receiver } from "../../types/receivers";
import { UnknownSenderPanel } from "./UnknownSenderPanel";

const refresh = 5_000;

function Lost({ dropped, drops }: Pick<Receiver, "dropped" | "drops">) {
  return dropped === 0 ? <>0</> : <strong className="alarm-count" title={kindWords(drops) ?? undefined}>{dropped.toLocaleString("en-GB")}</strong>;
}

function State({ receiver: { state, problem } }: { receiver: Receiver }) {
  const { word, tone } = receiverLook(state);
  return <span className="candidate"><span><Badge tone={tone}>{word}</Badge></span>{problem && <span>{problem}</span>}</span>;
}

function ReceiverPanel() {
  const loaded = useList<Receiver>("/receivers");
  useRepeat(loaded.isMissing ? null : loaded.renew, refresh);
  return (
    <LoadedPanel
      title="Receivers" what="figures of its receivers" loaded={loaded}
      hint="What listens for cards that speak by themselves. What is lost is counted, and raises an alarm of this server's own. Figures are of this server, since its start."
    >
      {(receivers) => (
        <>
          {receivers.length === 0 && <p className="quiet">Nothing listens: the configuration has turned all receivers off.</p>}
          {receivers.length > 0 && (
            <Table
              label="Receivers" items={receivers} keyOf={(receiver) => receiver.kind}
              columns={[
                { label: "Receiver", isHead: true, cell: (receiver) => receiverWord(receiver.kind) },
                { label: "State", cell: (receiver) => <State receiver={receiver} /> },
                { label: "Address", isMono: true, cell: (receiver) => receiver.address },
                { label: "Received", isNumber: true, cell: (receiver) => receiver.received.toLocaleString("en-GB") },
                { label: "Lost", isNumber: true, cell: (receiver) => <Lost dropped={receiver.dropped} drops={receiver.drops} /> },
                { label: "Connections", isNumber: true, cell: (receiver) => receiver.connections },
                { label: "By kind", cell: (receiver) => kindWords(receiver.byKind) },
              ]}
            />
          )}
        </>
      )}
    </LoadedPanel>
  );
}

/** What hears traps and syslog, and who speaks to it unknown. */
export function ReceiverPart() {
  return <><ReceiverPanel /><UnknownSenderPanel /></>;
}
