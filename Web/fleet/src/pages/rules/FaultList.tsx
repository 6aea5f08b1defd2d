import type { RuleFault } from "../../types/rules";

interface Props { id: string; faults: readonly RuleFault[]; onShow: (line: number) => void }

/** What is wrong with a text, each at its line; a line is shown when it is pressed. */
export function FaultList({ id, faults, onShow }: Props) {
  if (faults.length === 0) return null;
  return (
    <div id={id} className="note" data-tone="bad" role="alert">
      <ul className="fault-list">
        {faults.map(({ line, detail }, index) => (
          <li key={index}>
            {line === null ? <span>Text</span> : <button type="button" className="button button-small" onClick={() => onShow(line)}>Line {line}</button>}
            <span>{detail}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
