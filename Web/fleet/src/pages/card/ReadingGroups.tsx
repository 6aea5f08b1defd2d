import { Ago } from "../../components/Times";
import { quantity } from "../../model/format";
import { groupReadings, type Group } from "../../model/readings";
import type { Readings } from "../../types";

function PhaseTable({ group }: { group: Group }) {
  return (
    <table className="phase-table">
      <caption className="visually-hidden">{group.title}, by phase</caption>
      <thead>
        <tr><td />{group.lines.map((line) => <th key={line} scope="col">{line}</th>)}</tr>
      </thead>
      <tbody>
        {group.rows.map((row) => (
          <tr key={row.label}>
            <th scope="row">{row.label}</th>
            {group.lines.map((line) => {
              const cell = row.cells[line];
              return <td key={line}>{cell && quantity(cell.value, row.unit)}</td>;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function GroupPanel({ group }: { group: Group }) {
  const id = `group-${group.title.replace(/\s/g, "-")}`;
  return (
    <section className="panel" aria-labelledby={id}>
      <h2 id={id}>{group.title}</h2>
      {group.rows.length > 0 && <PhaseTable group={group} />}
      {group.figures.length > 0 && (
        <dl className="figures">
          {group.figures.map((figure) => (
            <div key={figure.metric}><dt>{figure.label}</dt><dd>{quantity(figure.value, figure.unit)}</dd></div>
          ))}
        </dl>
      )}
    </section>
  );
}

interface Props { readings: Readings; isStale: boolean }

/** Every value that the card manages, by the power's way through the device. */
export function ReadingGroups({ readings, isStale }: Props) {
  const groups = groupReadings(readings.values);
  if (groups.length === 0) return <p className="quiet">The card has told no values yet.</p>;
  return (
    <section aria-label="Live values" data-stale={isStale || undefined} className="readings">
      <div className="section-head">
        <h2>{isStale ? "Last known values" : "Live values"}</h2>
        <span className="quiet">read <Ago at={readings.at} /></span>
      </div>
      <div className="panels">{groups.map((group) => <GroupPanel key={group.title} group={group} />)}</div>
    </section>
  );
}
