import { useState } from "react";
import { api } from "../../api";
import { FormDialog } from "../../components/FormDialog";
import { SilentCardPicker } from "../../components/SilentCardPicker";
import { fleet, refreshFleet } from "../../live/feed";
import { notify } from "../../live/notices";
import type { Card } from "../../types";

interface Props { card: Card; onClose: () => void; onChanged: (card: Card) => void }

/** A swap: the new card takes the place of the one that it replaces. */
export function InheritDialog({ card, onClose, onChanged }: Props) {
  const [old, setOld] = useState(card.place?.card ?? null);
  const save = async () => {
    const name = old === card.place?.card ? card.place?.name : old === null ? undefined : fleet.card(old)?.name;
    onChanged({ ...card, place: null, ...(await api.create<Card | undefined>(`/cards/${card.id}/inherit`, { from: old })) });
    notify(`The card has taken the place of ${name ?? `card ${old}`}.`);
    refreshFleet();
  };
  return (
    <FormDialog title={`${card.name} replaces a card`} verb="Take its place" isReady={old !== null} onSubmit={save} onClose={onClose}>
      <p className="quiet">Choose the silent card that it replaces. It takes over name, site, tags, credentials, polling and gateway; the old card is retired and keeps its history. Each links to the other.</p>
      <SilentCardPicker newcomer={{ id: card.id, kind: card.kind, place: card.place?.card }} chosen={old} onChoose={setOld} />
    </FormDialog>
  );
}
