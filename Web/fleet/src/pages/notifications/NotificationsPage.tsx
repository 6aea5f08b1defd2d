import { PageHead } from "../../components/PageHead";
import { Tabs } from "../../components/Tabs";
import { ChannelPanel } from "./ChannelPanel";
import { DeliveryPart } from "./DeliveryPart";
import { RoutePart } from "./RoutePart";
import { WindowPanel } from "./WindowPanel";

const tabs = [
  { path: "notifications", word: "Deliveries" }, { path: "notifications/channels", word: "Channels" }, { path: "notifications/routes", word: "Routes" },
  { path: "notifications/windows", word: "Maintenance" },
];

function Part({ part }: { part: string | undefined }) {
  switch (part) {
    case "channels": return <ChannelPanel />;
    case "routes": return <RoutePart />;
    case "windows": return <WindowPanel />;
    default: return <DeliveryPart />;
  }
}

/** Who is told, by which way, and what became of it. */
export function NotificationsPage({ part }: { part: string | undefined }) {
  return (
    <div className="page">
      <PageHead title="Notifications" />
      <Tabs label="Notifications" tabs={tabs} current={part === undefined ? "notifications" : `notifications/${part}`} />
      <Part part={part} />
    </div>
  );
}
