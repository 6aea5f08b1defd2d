import { Boundary } from "./components/Boundary";
import { Shell } from "./components/Shell";
import { useRoute } from "./live/route";
import { session, startProblem } from "./live/session";
import { useSignal } from "./live/signal";
import { AlarmListPage } from "./pages/alarms/AlarmListPage";
import { AlarmPage } from "./pages/alarms/AlarmPage";
import { CampaignListPage } from "./pages/campaigns/CampaignListPage";
import { CampaignPage } from "./pages/campaigns/CampaignPage";
import { NewCampaignPage } from "./pages/campaigns/NewCampaignPage";
import { CardPage } from "./pages/card/CardPage";
import { CardsPage } from "./pages/cards/CardsPage";
import { DiscoverPage } from "./pages/discover/DiscoverPage";
import { FirmwarePage } from "./pages/firmware/FirmwarePage";
import { IncidentListPage } from "./pages/incidents/IncidentListPage";
import { IncidentPage } from "./pages/incidents/IncidentPage";
import { LoginPage } from "./pages/login/LoginPage";
import { LostPage } from "./pages/LostPage";
import { NotificationsPage } from "./pages/notifications/NotificationsPage";
import { RuleListPage } from "./pages/rules/RuleListPage";
import { SettingsPage } from "./pages/settings/SettingsPage";
import { SitesPage } from "./pages/sites/SitesPage";

/** The page for where we are. `key`: a page about another thing is another page. */
function Place() {
  const { path: [section = "cards", item] } = useRoute();
  const id = Number(item);
  switch (section) {
    case "cards": return item === undefined ? <CardsPage /> : <CardPage key={id} id={id} />;
    case "alarms": return item === undefined ? <AlarmListPage /> : <AlarmPage key={id} id={id} />;
    case "incidents": return item === undefined ? <IncidentListPage /> : <IncidentPage key={id} id={id} />;
    case "rules": return <RuleListPage part={item} />;
    case "notifications": return <NotificationsPage part={item} />;
    case "sites": return <SitesPage part={item} />;
    case "discover": return <DiscoverPage part={item} />;
    case "firmware": return <FirmwarePage />;
    case "campaigns":
      if (item === undefined) return <CampaignListPage />;
      return item === "new" ? <NewCampaignPage /> : <CampaignPage key={id} id={id} />;
    case "settings": return <SettingsPage part={item} />;
    // Where it was before there were settings.
    case "access": return <SettingsPage part="access" />;
    default: return <LostPage />;
  }
}

/** Before it is known who is signed in. */
function Start() {
  const problem = useSignal(startProblem);
  return (
    <div className="starting" role="status">
      <p>{problem ?? "Connecting to the fleet server…"}</p>
      {problem !== null && <p className="quiet">The page asks again by itself, every few seconds.</p>}
    </div>
  );
}

/** Signed out, the login stands in for the page, and the address stays: after signing in one is where one was. */
export function App() {
  const user = useSignal(session);
  const { path } = useRoute();
  // The boundary is a new one for another place; no path at all is the same place as the cards.
  if (user === undefined) return <Start />;
  if (user === null) return <LoginPage />;
  return <Shell><Boundary key={path.join("/") || "cards"}><Place /></Boundary></Shell>;
}
