import { PageHead } from "../../components/PageHead";
import { Tabs } from "../../components/Tabs";
import { useRole } from "../../live/session";
import { AccessPanels } from "../access/AccessPanels";
import { CredentialPanel } from "./CredentialPanel";
import { GatewayPanel } from "./GatewayPanel";
import { ProfilePanel } from "./ProfilePanel";
import { SystemPanel } from "./SystemPanel";

function Part({ part }: { part: string }) {
  switch (part) {
    case "credentials": return <CredentialPanel />;
    case "gateway": return <GatewayPanel />;
    case "profiles": return <ProfilePanel />;
    case "access": return <AccessPanels />;
    default: return <SystemPanel />;
  }
}

/** The server itself, and what all cards share. */
export function SettingsPage({ part = "system" }: { part?: string }) {
  const isAdmin = useRole("admin");
  const tabs = [
    { path: "settings", word: "System" },
    ...(isAdmin ? [{ path: "settings/credentials", word: "Credentials" }] : []),
    { path: "settings/gateway", word: "Modbus gateway" },
    { path: "settings/profiles", word: "Profiles" },
    { path: "settings/access", word: "Access" },
  ];
  return (
    <div className="page">
      <PageHead title="Settings" />
      <Tabs label="Settings" tabs={tabs} current={part === "system" ? "settings" : `settings/${part}`} />
      <Part part={part} />
    </div>
  );
}
