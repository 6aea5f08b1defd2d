import { useState } from "react";
import { api } from "../../api";
import { Dialog } from "../../components/Dialog";
import { ErrorNote } from "../../components/ErrorNote";
import { Field } from "../../components/Field";
import { useAction } from "../../hooks/useAction";
import { notify } from "../../live/notices";
import { isIPv4, isNetmask, sameNetwork } from "../../model/network";
import type { Card, Network } from "../../types";

type Errors = Partial<Record<keyof Network, string>>;

function check(network: Network): Errors {
  if (network.dhcp) return {};
  const errors: Errors = {};
  if (!isIPv4(network.address)) errors.address = "Four numbers from 0 to 255, such as 10.1.0.17.";
  if (!isNetmask(network.netmask)) errors.netmask = "A network mask, such as 255.255.255.0.";
  if (!isIPv4(network.gateway)) errors.gateway = "Four numbers from 0 to 255, such as 10.1.0.1.";
  else if (!errors.address && !errors.netmask && network.gateway !== "0.0.0.0" && !sameNetwork(network.address, network.gateway, network.netmask)) {
    errors.gateway = "The gateway is not in the card's network.";
  }
  return errors;
}

/** IP set: the card's address, mask and gateway, or DHCP. Asked twice, since a wrong address takes the card off the network. */
export function NetworkDialog({ card, onClose }: { card: Card; onClose: () => void }) {
  const [network, setNetwork] = useState<Network>({ address: card.address, netmask: "255.255.255.0", gateway: "", dhcp: false });
  const [errors, setErrors] = useState<Errors>({});
  const [isSure, setSure] = useState(false);
  const { isBusy, error, run } = useAction();
  const set = (change: Partial<Network>) => {
    setNetwork((known) => ({ ...known, ...change }));
    setSure(false);
  };

  const submit = async () => {
    const found = check(network);
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    if (!isSure) return setSure(true);
    const isDone = await run(async () => {
      await api.create(`/cards/${card.id}/network`, network);
    });
    if (!isDone) return setSure(false);
    notify(network.dhcp ? `${card.name} now asks DHCP for its address.` : `${card.name} is now at ${network.address}.`);
    onClose();
  };

  return (
    <Dialog title={`Network settings of ${card.name}`} onClose={onClose}>
      <form className="form" onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}>
        <label className="check"><input type="checkbox" checked={network.dhcp} onChange={(event) => set({ dhcp: event.target.checked })} />Get the address from DHCP</label>
        {!network.dhcp && (
          <>
            <Field label="Address" spellCheck={false} value={network.address} onChange={(address) => set({ address })} error={errors.address} />
            <Field label="Network mask" spellCheck={false} value={network.netmask} onChange={(netmask) => set({ netmask })} error={errors.netmask} />
            <Field label="Gateway" spellCheck={false} value={network.gateway} onChange={(gateway) => set({ gateway })} error={errors.gateway} />
          </>
        )}
        {isSure && <p className="note" data-tone="caution" role="alert">With wrong settings the card can no longer be reached. Set them now?</p>}
        <ErrorNote text={error} />
        <div className="form-actions">
          <button type="button" className="button" onClick={onClose}>Cancel</button>
          <button type="submit" className="button button-primary" disabled={isBusy}>
            {isBusy ? "Setting…" : isSure ? "Yes, set them" : "Set network…"}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
