import type { ReactNode } from "react";
import type { Tone } from "../model/status";
import { Badge } from "./Badge";
import { Moment } from "./Times";

export interface TimelineItem { key: string | number; at: string; word: string; tone: Tone; text: ReactNode; who: string | null }

/** What happened, one line each. */
export function Timeline({ label, items }: { label: string; items: readonly TimelineItem[] }) {
  return (
    <ol className="timeline" aria-label={label}>
      {items.map(({ key, at, word, tone, text, who }) => (
        <li key={key} className="timeline-item">
          <span className="timeline-time"><Moment at={at} /></span>
          <Badge tone={tone}>{word}</Badge>
          <span className="timeline-text">{text}{who && <span className="quiet"> by {who}</span>}</span>
        </li>
      ))}
    </ol>
  );
}
