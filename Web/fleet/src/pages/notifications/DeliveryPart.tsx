import { useEffect, useRef } from "react";
import { LoadedPanel } from "../../components/LoadedPanel";
import { MoreButton } from "../../components/MoreButton";
import { useChannels } from "../../hooks/useChannels";
import { usePaged } from "../../hooks/usePaged";
import { useRepeat } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import { replace, useRoute } from "../../live/route";
import { deliveryLook, deliveryStates } from "../../model/deliveries";
import type { Delivery } from "../../types/notifications";
import { DeliveryTable } from "./DeliveryTable";

const refresh = 10_000;
const eventPause = 1_000;

interface Filter { state: string; channel: string }

function pathOf({ state, channel }: Filter): string {
  const query = new URLSearchParams();
  if (state !== "") query.set("state", state);
  if (channel !== "") query.set("channel", channel);
  return query.toString() === "" ? "/notifications" : `/notifications?${query}`;
}

function Deliveries({ filter }: { filter: Filter }) {
  const loaded = usePaged<Delivery>(pathOf(filter), 100);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useStream("notification", () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      loaded.reload();
    }, eventPause);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  useRepeat(loaded.renew, refresh);
  return (
    <LoadedPanel title="Deliveries" what="notifications" loaded={loaded} hint="Each message to each channel, newest first: sent or not, why, and what the far end answered.">
      {({ items, hasMore }) => (
        <>
          {items.length === 0 && <p className="quiet">{filter.state === "" && filter.channel === "" ? "Nobody has been told anything yet." : "No notification is like that."}</p>}
          {items.length > 0 && <DeliveryTable deliveries={items} onRetried={loaded.reload} />}
          <MoreButton hasMore={hasMore} onMore={loaded.more} />
        </>
      )}
    </LoadedPanel>
  );
}

/** The fate of each notification. */
export function DeliveryPart() {
  const { query } = useRoute();
  const filter: Filter = { state: query.get("state") ?? "", channel: query.get("channel") ?? "" };
  const channels = useChannels();
  const set = (change: Partial<Filter>) => replace("notifications", new URLSearchParams(Object.entries({ ...filter, ...change }).filter(([, value]) => value !== "")));
  return (
    <>
      <div className="filter-bar">
        <div className="chips" role="group" aria-label="Filter by fate">
          {deliveryStates.map((state) => (
            <button
              key={state} type="button" className="chip" data-tone={deliveryLook(state).tone} aria-pressed={filter.state === state}
              onClick={() => set({ state: filter.state === state ? "" : state })}
            >
              {deliveryLook(state).word}
            </button>
          ))}
        </div>
        {channels.length > 0 && (
          <label className="sort-choice">
            <span className="visually-hidden">Channel</span>
            <select className="input" value={filter.channel} onChange={(event) => set({ channel: event.target.value })}>
              <option value="">Any channel</option>
              {channels.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
            </select>
          </label>
        )}
      </div>
      <Deliveries key={pathOf(filter)} filter={filter} />
    </>
  );
}
