import { api } from "../../api";
import { Confirm } from "../../components/Confirm";
import { refreshFleet } from "../../live/feed";
import { notify } from "../../live/notices";
import type { Card } from "../../types";
import type { Place } from "../../types/discovery";

interface Props { card: Card; place: Place; onClose: () => void; onChanged: (card: Card) => void }

/** A swap: the new card takes the place of the one that it replaces. */
export function InheritDialog({ card, place, onClose, onChanged }: Props) {
  return (
    <Confirm
      title={`Take the place of ${place.name}?`} verb="Take its place" onClose={onClose}
      onConfirm={async () => {
        onChanged({ ...card, place: null, ...(await api.create<Card | undefined>(`/cards/${card.id}/inherit`, { from: place.card })) });
        notify(`The card has taken the place of ${place.name}.`);
        void refreshFleet();
      }}
    >
      <p>This card takes over name, site, tags, credentials, polling and gateway of {place.name}, which is retired. The history stays with the old card, and the two are linked.</p>
    </Confirm>
  );
}
