import { useState } from "react";
import { LoadedPanel } from "../../components/LoadedPanel";
import { MoreButton } from "../../components/MoreButton";
import { Segments } from "../../components/Segments";
import { Timeline, type TimelineItem } from "../../components/Timeline";
import { usePaged } from "../../hooks/usePaged";
import { useRepeat } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { eventItem, messageItem } from "../../model/cardEvents";
import type { CardEvent } from "../../types/alarms";
import type { CardMessage } from "../../types/receivers";

const refresh = 15_000;
const views = [["events", "Events"], ["messages", "Messages"]] as const;
type View = (typeof views)[number][0];

const emptyWords: Record<View, string> = {
  events: "Nothing has happened that is recorded.", messages: "The card has sent no messages. It does so when its syslog server is this server.",
};

interface Props { card: number; view: View; onView: (view: View) => void }

function Lines<Item>({ card, view, onView, itemOf }: Props & { itemOf: (item: Item, index: number) => TimelineItem & { alarm?: number | null } }) {
  const loaded = usePaged<Item>(`/cards/${card}/${view}`, 50);
  useStream("alarm", (batch) => view === "events" && batch.some((event) => event.card === card) && loaded.reload());
  useRepeat(loaded.isMissing ? null : loaded.renew, refresh);
  return (
    <LoadedPanel
      title="Events" what={view === "events" ? "the events of a card" : "the messages of a card"} loaded={loaded}
      action={<Segments label="What is listed" options={views} chosen={view} onChange={onView} />}
    >
      {({ items, hasMore }) => (
        <>
          {items.length === 0 && <p className="quiet">{emptyWords[view]}</p>}
          <div className="event-lines">
            <Timeline
              label={view === "events" ? "What happened to the card" : "What the card has sent"}
              items={items.map((item, index) => {
                const { alarm, text, ...line } = itemOf(item, index);
                return { ...line, text: alarm ? <a href={`#/alarms/${alarm}`}>{text}</a> : text };
              })}
            />
            <MoreButton hasMore={hasMore} onMore={loaded.more} />
          </div>
        </>
      )}
    </LoadedPanel>
  );
}

/** What the card's alarms have done, and what it has said by itself. */
export function CardEventPanel({ card }: { card: number }) {
  const [view, setView] = useState<View>("events");
  const props = { card, view, onView: setView };
  return view === "events" ? <Lines<CardEvent> key="events" {...props} itemOf={eventItem} /> : <Lines<CardMessage> key="messages" {...props} itemOf={messageItem} />;
}
