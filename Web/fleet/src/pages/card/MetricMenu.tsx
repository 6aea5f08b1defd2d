import { Disclosure } from "../../components/Disclosure";
import { Icon } from "../../components/Icon";
import { metricLabel, unitOf } from "../../model/readings";

interface Props { metrics: readonly string[]; chosen: readonly string[]; onToggle: (metric: string) => void }

const unitWords: Record<string, string> = {
  "%": "Percentages", V: "Voltages", A: "Currents", Hz: "Frequencies", "°C": "Temperatures", W: "Active power", VA: "Apparent power", s: "Times", Ah: "Capacities", "°": "Angles", "": "Other",
};

/** The metrics by unit: those of one unit share a chart, another unit begins a new one. */
export function MetricMenu({ metrics, chosen, onToggle }: Props) {
  const units = [...new Set(metrics.map(unitOf))];
  const first = chosen[0];
  const label = first === undefined ? "Metric" : `${metricLabel(first)}${chosen.length > 1 ? ` and ${chosen.length - 1} more` : ""}`;
  return (
    <Disclosure className="button button-small" label={<><span className="visually-hidden">Metrics: </span>{label}<Icon name="expand" /></>}>
      <div className="metric-menu">
        {units.map((unit) => (
          <fieldset key={unit} className="facet-list">
            <legend>{unitWords[unit] ?? unit}</legend>
            {metrics.filter((metric) => unitOf(metric) === unit).map((metric) => (
              <label key={metric} className="check">
                <input type="checkbox" checked={chosen.includes(metric)} onChange={() => onToggle(metric)} /><span>{metricLabel(metric)}</span>
              </label>
            ))}
          </fieldset>
        ))}
      </div>
    </Disclosure>
  );
}
