import { severities, severityLook } from "../model/severity";
import type { Severity } from "../types";
import { Icon } from "./Icon";

interface Props { chosen: readonly Severity[]; counts?: Partial<Record<Severity, number>>; onChange: (chosen: Severity[]) => void }

/** Narrows a list by severity; without `counts` the chips tell no number. */
export function SeverityChips({ chosen, counts, onChange }: Props) {
  const toggle = (severity: Severity) => onChange(severities.filter((each) => (each === severity) !== chosen.includes(each)));
  return (
    <div className="chips" role="group" aria-label="Filter by severity">
      {severities.map((severity) => {
        const { word, tone, icon } = severityLook(severity);
        return (
          <button key={severity} type="button" className="chip" data-tone={tone} aria-pressed={chosen.includes(severity)} onClick={() => toggle(severity)}>
            <Icon name={icon} />{word}{counts && <span className="chip-count">{(counts[severity] ?? 0).toLocaleString("en-GB")}</span>}
          </button>
        );
      })}
    </div>
  );
}
