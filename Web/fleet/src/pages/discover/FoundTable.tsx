import { Badge } from "../../components/Badge";
import { Table } from "../../components/Table";
import { methodList } from "../../model/discovery";
import type { Tone } from "../../model/status";
import type { FoundCard } from "../../types/discovery";

const words: Record<FoundCard["state"], string> = { new: "New", known: "Known", accepted: "Added", ignored: "Ignored" };
const tones: Record<FoundCard["state"], Tone> = { new: "info", known: "muted", accepted: "good", ignored: "muted" };

interface Props { cards: readonly FoundCard[]; canDecide: boolean; onDecide: (card: FoundCard, verb: "accept" | "ignore") => Promise<void> }

/** What one search has found. */
export function FoundTable({ cards, canDecide, onDecide }: Props) {
  const decision = (card: FoundCard) => card.state === "new" && (
    <>
      <button type="button" className="button button-small" aria-label={`Add ${card.address}`} onClick={() => void onDecide(card, "accept")}>Add</button>
      <button type="button" className="button button-small" aria-label={`Ignore ${card.address}`} onClick={() => void onDecide(card, "ignore")}>Ignore</button>
    </>
  );
  return (
    <Table
      label="Found cards" items={cards} keyOf={(card) => card.number} actions={canDecide && cards.some((card) => card.state === "new") ? decision : undefined}
      columns={[
        { label: "State", cell: (card) => <Badge tone={tones[card.state]}>{words[card.state]}</Badge> },
        { label: "Address", isMono: true, isHead: true, cell: (card) => (card.card ? <a href={`#/cards/${card.card}`}>{card.address}</a> : card.address) },
        { label: "Model", cell: (card) => card.model },
        { label: "Serial", cell: (card) => card.serial },
        { label: "MAC", isMono: true, cell: (card) => card.mac },
        { label: "Generation", cell: (card) => card.generation },
        { label: "Firmware", cell: (card) => card.firmware },
        ...(cards.some((card) => card.methods) ? [{ label: "Found by", cell: (card: FoundCard) => (card.methods ? methodList(card.methods) : null) }] : []),
      ]}
    />
  );
}
