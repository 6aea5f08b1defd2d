import { Badge } from "../../components/Badge";
import type { Tone } from "../../model/status";
import type { FoundCard } from "../../types";

const words: Record<FoundCard["state"], string> = { new: "New", known: "Known", accepted: "Added", ignored: "Ignored" };
const tones: Record<FoundCard["state"], Tone> = { new: "info", known: "muted", accepted: "good", ignored: "muted" };

interface Props { cards: readonly FoundCard[]; canDecide: boolean; onDecide: (card: FoundCard, verb: "accept" | "ignore") => Promise<void> }

function Decision({ card, onDecide }: { card: FoundCard; onDecide: Props["onDecide"] }) {
  if (card.state !== "new") return null;
  return (
    <span className="row-actions">
      <button type="button" className="button button-small" aria-label={`Add ${card.address}`} onClick={() => void onDecide(card, "accept")}>Add</button>
      <button type="button" className="button button-small" aria-label={`Ignore ${card.address}`} onClick={() => void onDecide(card, "ignore")}>Ignore</button>
    </span>
  );
}

export function FoundTable({ cards, canDecide, onDecide }: Props) {
  return (
    <table className="table table-stacks">
      <thead>
        <tr><th scope="col">State</th><th scope="col">Address</th><th scope="col">Model</th><th scope="col">Serial</th><th scope="col">MAC</th><th scope="col">Generation</th><th scope="col">Firmware</th>{canDecide && <th scope="col"><span className="visually-hidden">Decision</span></th>}</tr>
      </thead>
      <tbody>
        {cards.map((card) => (
          <tr key={card.number}>
            <td data-label="State"><Badge tone={tones[card.state]}>{words[card.state]}</Badge></td>
            <td data-label="Address" className="mono">{card.card ? <a href={`#/cards/${card.card}`}>{card.address}</a> : card.address}</td>
            <td data-label="Model">{card.model}</td>
            <td data-label="Serial">{card.serial}</td>
            <td data-label="MAC" className="mono">{card.mac}</td>
            <td data-label="Generation">{card.generation}</td>
            <td data-label="Firmware">{card.firmware}</td>
            {canDecide && <td><Decision card={card} onDecide={onDecide} /></td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
