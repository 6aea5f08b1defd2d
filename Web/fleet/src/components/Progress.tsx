import type { Tone } from "../model/status";

export interface Part { key: string; count: number; tone: Tone }
interface Props { label: string; total: number; parts: readonly Part[]; text: string }

/** A bar of several parts, with its meaning in words. */
export function Progress({ label, total, parts, text }: Props) {
  const done = parts.reduce((sum, part) => sum + part.count, 0);
  return (
    <div
      className="progress" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={Math.max(1, total)} aria-valuenow={Math.min(done, Math.max(1, total))}
      aria-valuetext={text}
    >
      {parts.map((part) => (
        <span
          key={part.key} className="progress-part" data-tone={part.tone}
          style={{ width: `${total === 0 ? 0 : (100 * part.count) / total}%` }}
        />
      ))}
    </div>
  );
}
