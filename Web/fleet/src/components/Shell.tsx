import type { ReactNode } from "react";
import { useAction } from "../hooks/useAction";
import { useAlarmSummary } from "../hooks/useAlarms";
import { notify } from "../live/notices";
import { useRoute } from "../live/route";
import { session, signOut } from "../live/session";
import { useSignal } from "../live/signal";
import { sentence } from "../api";
import { Icon } from "./Icon";
import { LinkIndicator } from "./LinkIndicator";
import { Notices } from "./Notices";
import { SystemBanner } from "./SystemBanner";
import { ThemeButton } from "./ThemeButton";

interface MenuPlace {
  path: string;
  word: string;
  /** For a narrow window. */
  short?: string;
  /** Other sections that belong to it. */
  also?: readonly string[];
}

const places: readonly MenuPlace[] = [
  { path: "cards", word: "Fleet" },
  { path: "alarms", word: "Alarms", also: ["incidents", "rules"] },
  { path: "notifications", word: "Notifications", short: "Notify" },
  { path: "sites", word: "Sites" },
  { path: "discover", word: "Discovery", short: "Find" },
  { path: "campaigns", word: "Campaigns" },
  { path: "firmware", word: "Firmware", short: "Images" },
  { path: "settings", word: "Settings" },
];

/** How many alarms wait for somebody; nothing where that is none, or not known. */
function Waiting() {
  const summary = useAlarmSummary();
  if (!summary || summary.raised === 0) return null;
  const tone = summary.unacknowledgedCritical > 0 ? "bad" : "caution";
  const text = summary.raised > 99 ? "99+" : `${summary.raised}`;
  return <span className="menu-count" data-tone={tone}>{text}<span className="visually-hidden"> raised and not acknowledged</span></span>;
}

/** The frame of every page: brand, menu, link state, user. */
export function Shell({ children }: { children: ReactNode }) {
  const { path: [section = "cards"] } = useRoute();
  const user = useSignal(session);
  const { isBusy, run } = useAction();
  const leave = () => run(() => signOut().catch((error) => notify(sentence(error), "bad")));
  return (
    <div className="shell">
      <a className="skip-link" href="#main" onClick={(event) => {
        event.preventDefault();
        document.getElementById("main")?.focus();
      }}>Skip to content</a>
      <header className="topbar">
        <a className="brand" href="#/cards" aria-label="NVFleet: all cards"><span className="brand-mark" aria-hidden="true" />NVFleet</a>
        <nav className="menu" aria-label="Main">
          {places.map((place) => (
            <a key={place.path} href={`#/${place.path}`} aria-current={section === place.path || place.also?.includes(section) ? "page" : undefined}>
              <Icon name={place.path} />
              <span className={place.short && "only-wide"}>{place.word}</span>
              {place.short && <span className="only-narrow">{place.short}</span>}
              {place.path === "alarms" && <Waiting />}
            </a>
          ))}
        </nav>
        <div className="topbar-end">
          <LinkIndicator />
          <ThemeButton />
          <span className="topbar-user" title={user?.role}>{user?.username}</span>
          <button type="button" className="button-icon" aria-label="Sign out" title="Sign out" disabled={isBusy} onClick={leave}>
            <Icon name="signout" />
          </button>
        </div>
      </header>
      <SystemBanner />
      <main id="main" className="main" tabIndex={-1}>{children}</main>
      <Notices />
    </div>
  );
}
