import { useLink } from "../hooks/useStream";
import { useTimeText } from "../live/clock";
import { moment } from "../model/format";

/** Whether what is shown is current: live, connecting, or stale since a moment. */
export function LinkIndicator() {
  const { phase, since } = useLink();
  const stale = useTimeText((now) => `Stale since ${moment(since, now)}`);
  const text = phase === "live" ? "Live" : phase === "connecting" ? "Connecting…" : stale;
  return (
    <span className="link-indicator" data-phase={phase} role="status">
      <span className="link-dot" aria-hidden="true" />
      {text}
    </span>
  );
}
