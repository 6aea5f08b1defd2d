import { LoadedPanel } from "../../components/LoadedPanel";
import { MoreButton } from "../../components/MoreButton";
import { usePaged } from "../../hooks/usePaged";
import { useRepeat } from "../../hooks/useRequest";
import type { Delivery } from "../../types/notifications";
import { DeliveryTable } from "./DeliveryTable";

const refresh = 10_000;

/** Who was told of an alarm or an incident, and who was not, and why. */
export function ToldPanel({ of: { alarm, incident } }: { of: { alarm?: number; incident?: number } }) {
  const path = alarm === undefined ? `/notifications?incident=${incident}` : `/notifications?alarm=${alarm}`;
  const loaded = usePaged<Delivery>(path, 50);
  useRepeat(loaded.isMissing ? null : loaded.renew, refresh);
  return (
    <LoadedPanel title="Who was told" what="notifications" loaded={loaded}>
      {({ items, hasMore }) => (
        <>
          {items.length === 0 && <p className="quiet">Nobody has been told.{alarm !== undefined && " Alarms of one cause are told together, by their incident."}</p>}
          {items.length > 0 && <DeliveryTable deliveries={items} onRetried={loaded.reload} isOfOne />}
          <MoreButton hasMore={hasMore} onMore={loaded.more} />
        </>
      )}
    </LoadedPanel>
  );
}
