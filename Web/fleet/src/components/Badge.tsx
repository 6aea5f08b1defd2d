import type { ReactNode } from "react";
import type { Tone } from "../model/status";

/** A word with a tone, for states that have no icon. */
export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className="badge" data-tone={tone}>{children}</span>;
}
