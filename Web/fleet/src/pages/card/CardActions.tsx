import { useState } from "react";
import { api, sentence } from "../../api";
import { Confirm } from "../../components/Confirm";
import { Icon } from "../../components/Icon";
import { fleet } from "../../live/feed";
import { notify } from "../../live/notices";
import { go } from "../../live/route";
import { selection } from "../../live/selection";
import { useRole } from "../../live/session";
import type { Card } from "../../types";
import { CredentialsDialog } from "./CredentialsDialog";
import { NetworkDialog } from "./NetworkDialog";

type Open = "restart" | "network" | "credentials" | "retire" | null;

async function identify(card: Card): Promise<void> {
  try {
    await api.create(`/cards/${card.id}/identify`);
    notify(`${card.name} is blinking.`);
  } catch (error) {
    notify(sentence(error), "bad");
  }
}

function upgrade(card: Card): void {
  selection.write(new Set([card.id]));
  go("campaigns/new");
}

/** What an operator can do with a card, and an administrator. Identify, restart and network settings need the LAN protocol, which only CardAgent cards speak. */
export function CardActions({ card }: { card: Card }) {
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  const isAdmin = useRole("admin");
  const speaksLANProtocol = card.generation === "CardAgent";
  return (
    <div className="card-actions">
      {speaksLANProtocol && (
        <>
          <button type="button" className="button" onClick={() => void identify(card)}><Icon name="bulb" />Identify</button>
          <button type="button" className="button" onClick={() => setOpen("restart")}><Icon name="restart" />Restart…</button>
          <button type="button" className="button" onClick={() => setOpen("network")}><Icon name="network" />Network settings…</button>
        </>
      )}
      <button type="button" className="button" onClick={() => upgrade(card)}><Icon name="firmware" />Upgrade firmware…</button>
      {isAdmin && <button type="button" className="button" onClick={() => setOpen("credentials")}><Icon name="key" />Credentials…</button>}
      <button type="button" className="button" onClick={() => setOpen("retire")}><Icon name="trash" />Retire…</button>
      {open === "network" && <NetworkDialog card={card} onClose={close} />}
      {open === "credentials" && <CredentialsDialog card={card} onClose={close} />}
      {open === "restart" && (
        <Confirm
          title={`Restart ${card.name}?`} verb="Restart card" onClose={close}
          onConfirm={async () => {
            await api.create(`/cards/${card.id}/restart`);
            notify(`${card.name} is restarting.`);
          }}
        >
          <p>The card does not answer for about a minute. The {card.kind === "sts" ? "transfer system" : "UPS"} and its load are not affected.</p>
        </Confirm>
      )}
      {open === "retire" && (
        <Confirm
          title={`Retire ${card.name}?`} verb="Retire card" isDangerous onClose={close}
          onConfirm={async () => {
            await api.remove(`/cards/${card.id}`);
            fleet.remove(card.id);
            notify(`${card.name} was retired.`);
            go("cards");
          }}
        >
          <p>The card is no longer watched, and leaves the list. Nothing changes on the card itself.</p>
          <p>If another card replaces it, press “Replaces a card…” on that card's page instead: then its history can still be seen.</p>
        </Confirm>
      )}
    </div>
  );
}
