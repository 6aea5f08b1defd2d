import { useLink } from "../hooks/useStream";
import { useTimeText } from "../live/clock";
import { useSignal } from "../live/signal";
import { system } from "../live/system";
import { ago, moment } from "../model/format";
import { Icon } from "./Icon";

/** A link that comes back within this time is not worth a banner. */
const patience = 5_000;

/** What everybody must know whatever page is open: the page is not current, or the server can't store. */
export function SystemBanner() {
  const { phase, since } = useLink();
  const lost = useTimeText((now) => (
    phase !== "reconnecting" || now - since < patience ? ""
      : `This page has lost the server since ${moment(since, now)} (${ago(new Date(since).toISOString(), now)}). What it shows is from then; it goes on by itself when the server answers.`
  ));
  const storage = useSignal(system)?.storage;
  return (
    <div className="banners" role="status" aria-live="polite">
      {lost !== "" && <p className="banner" data-tone="caution"><Icon name="unreachable" /><span>{lost}</span></p>}
      {storage && storage.state !== "ok" && (
        <p className="banner" data-tone="bad">
          <Icon name="critical" />
          <span>
            {storage.state === "full" ? "The server's disk is full: " : "The server can't store: "}
            cards are still polled and shown, but their history is not kept{storage.since && <> since <Since at={storage.since} /></>}.
            {storage.problem && ` ${storage.problem}`} <a href="#/settings">System</a>
          </span>
        </p>
      )}
    </div>
  );
}

function Since({ at }: { at: string }) {
  return <>{useTimeText((now) => moment(at, now))}</>;
}
