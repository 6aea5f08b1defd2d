import { severityLook } from "../model/severity";
import type { Severity } from "../types";
import { Icon } from "./Icon";

/** A severity as colour, icon and word; `isPast`: of something that is over. */
export function SeverityBadge({ severity, isPast = false }: { severity: Severity; isPast?: boolean }) {
  const { word, tone, icon } = severityLook(severity);
  return <span className="badge" data-tone={isPast ? "muted" : tone}><Icon name={icon} />{word}</span>;
}
