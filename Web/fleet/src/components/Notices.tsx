import { announced } from "../live/announcer";
import { dismiss, notices } from "../live/notices";
import { useSignal } from "../live/signal";
import { Icon } from "./Icon";

/** Messages at the edge of the page, and the sentence for screen readers about changed cards. */
export function Notices() {
  const shown = useSignal(notices);
  const spoken = useSignal(announced);
  return (
    <>
      <div className="notices" role="status" aria-live="polite">
        {shown.map((notice) => (
          <div key={notice.id} className="note notice" data-tone={notice.tone}>
            <Icon name={notice.tone === "good" ? "normal" : "critical"} />
            <span>{notice.text}</span>
            <button type="button" className="button-icon" aria-label="Dismiss" onClick={() => dismiss(notice.id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
      <div className="visually-hidden" role="status" aria-live="polite">{spoken}</div>
    </>
  );
}
