import { useState } from "react";
import { api } from "../../api";
import { Check } from "../../components/Checks";
import { Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { gatewayFault, gatewayOf, gatewayText } from "../../model/gateway";
import type { Card } from "../../types";

interface Props { card: Card; onClose: () => void; onChanged: (card: Card) => void }

export function GatewayDialog({ card, onClose, onChanged }: Props) {
  const [text, setText] = useState(gatewayText(card.gateway ?? { writes: false }));
  const isAdmin = useRole("admin");
  const fault = gatewayFault(text);
  // Who can write registers can switch the device off, without a login: that is for an administrator to allow.
  const isRefused = !isAdmin && text.isOn && text.writes;
  const set = (change: Partial<typeof text>) => setText({ ...text, ...change });
  const save = async () => {
    onChanged({ ...card, ...(await api.change<Card | undefined>(`/cards/${card.id}`, { gateway: gatewayOf(text) })) });
    notify(text.isOn ? `Modbus clients reach ${card.name} now.` : `Modbus clients no longer reach ${card.name}.`);
  };
  return (
    <FormDialog title={`Modbus gateway of ${card.name}`} verb="Save" isReady={fault === null && !isRefused} onSubmit={save} onClose={onClose}>
      <Check label="Modbus clients reach this card through the server" checked={text.isOn} onChange={(isOn) => set({ isOn })} />
      {text.isOn && (
        <>
          <div className="form-grid">
            <Field label="Port of its own" inputMode="numeric" placeholder="none" value={text.port} onChange={(port) => set({ port })} hint="On this server, such as 15021." />
            <Field label="Unit of the shared port" inputMode="numeric" placeholder="none" value={text.unit} onChange={(unit) => set({ unit })} hint="1 to 247, once in the fleet." />
          </div>
          <Check label="Clients may write registers" checked={text.writes} isDisabled={!isAdmin && !text.writes} onChange={(writes) => set({ writes })} />
          {!isAdmin && <p className="quiet">{isRefused ? "Only an administrator may change a port that lets clients write: forbid writing, or ask one." : "Only an administrator may allow writing."}</p>}
          {text.writes && <p className="note" data-tone="caution">Whoever reaches the port can command the device. Modbus knows no passwords.</p>}
        </>
      )}
      {fault && <p className="field-error" role="alert">{fault}</p>}
    </FormDialog>
  );
}
