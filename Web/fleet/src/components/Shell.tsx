import type { ReactNode } from "react";
import { useAction } from "../hooks/useAction";
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

const places = [
  { path: "cards", word: "Fleet" },
  { path: "sites", word: "Sites" },
  { path: "discover", word: "Discovery" },
  { path: "campaigns", word: "Campaigns" },
  { path: "firmware", word: "Firmware" },
  { path: "settings", word: "Settings" },
];

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
            <a key={place.path} href={`#/${place.path}`} aria-current={section === place.path ? "page" : undefined}>
              <Icon name={place.path} />
              <span>{place.word}</span>
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
