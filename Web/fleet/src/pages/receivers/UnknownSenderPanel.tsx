import { useState } from "react";
import { api, sentence } from "../../api";
import { LoadedPanel } from "../../components/LoadedPanel";
import { MoreButton } from "../../components/MoreButton";
import { Table } from "../../components/Table";
import { Ago, Moment } from "../../components/Times";
import { usePaged } from "../../hooks/usePaged";
import { useRepeat } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { protocolWord } from "../../model/receivers";
import type { UnknownSender } from "../../types/receivers";
import { AddCard } from "../cards/AddCard";

const refresh = 10_000;

/** Who sends traps or messages and is no card of the fleet. */
export function UnknownSenderPanel() {
  const isOperator = useRole("operator");
  const loaded = usePaged<UnknownSender>("/unknown-senders", 100);
  const [added, setAdded] = useState<string | null>(null);
  useRepeat(loaded.isMissing ? null : loaded.renew, refresh);
  const forget = async ({ address }: UnknownSender) => {
    try {
      await api.remove(`/unknown-senders/${encodeURIComponent(address)}`);
      notify(`${address} was forgotten. It is listed again when it sends again.`);
      loaded.reload();
    } catch (error) {
      notify(sentence(error), "bad");
    }
  };
  return (
    <LoadedPanel
      title="Unknown senders" what="a list of unknown senders" loaded={loaded}
      hint="Who sends traps or syslog messages and is no card of the fleet: a card that was never added, one with another address or other keys, or something else."
    >
      {({ items, hasMore }) => (
        <>
          {items.length === 0 && <p className="quiet">Nobody unknown has sent anything.</p>}
          {items.length > 0 && (
            <Table
              label="Unknown senders" items={items} keyOf={(sender) => `${sender.address} ${sender.protocol}`}
              columns={[
                { label: "Address", isHead: true, isMono: true, cell: (sender) => sender.address },
                { label: "By", cell: (sender) => protocolWord(sender.protocol) },
                { label: "Engine", isMono: true, cell: (sender) => sender.engine },
                { label: "Times", isNumber: true, cell: (sender) => sender.count.toLocaleString("en-GB") },
                { label: "First", cell: (sender) => <Moment at={sender.firstAt} /> },
                { label: "Last", cell: (sender) => <Ago at={sender.lastAt} /> },
                { label: "Last said", cell: ({ lastText, card }) => (card == null ? lastText : <>{lastText} <a href={`#/cards/${card}`}>The card at this address</a></>) },
              ]}
              actions={isOperator ? (sender) => (
                <>
                  {sender.card == null && (
                    <button type="button" className="button button-small" aria-label={`Add ${sender.address} as a card`} onClick={() => setAdded(sender.address)}>Add card…</button>
                  )}
                  <button type="button" className="button button-small" aria-label={`Forget ${sender.address}`} onClick={() => void forget(sender)}>Forget</button>
                </>
              ) : undefined}
            />
          )}
          <MoreButton hasMore={hasMore} onMore={loaded.more} />
          {added !== null && <AddCard address={added} onClose={() => {
            setAdded(null);
            loaded.reload();
          }} />}
        </>
      )}
    </LoadedPanel>
  );
}
