import { useOtherCard } from "./cardData";

/** A link to another card. With its address: who takes a card's place takes its name too. */
export function OtherCard({ id }: { id: number }) {
  const card = useOtherCard(id);
  return <a href={`#/cards/${id}`}>{card ? `${card.name} (${card.address})` : `card ${id}`}</a>;
}
