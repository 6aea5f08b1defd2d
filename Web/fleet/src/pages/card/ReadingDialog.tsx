import { useState } from "react";
import { api } from "../../api";
import { Choice } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { PollFields } from "../../components/PollFields";
import { useList } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { pollFault, pollIntervals, pollText } from "../../model/polling";
import type { Card } from "../../types";
import type { ProfileSummary } from "../../types/system";

interface Props { card: Card; onClose: () => void; onChanged: (card: Card) => void }

/** How the card is read: how often, by which protocol, by which profile. Only what was changed is sent. */
export function ReadingDialog({ card, onClose, onChanged }: Props) {
  const profiles = useList<ProfileSummary>("/profiles");
  const [polling, setPolling] = useState(pollText(card.polling));
  const [protocol, setProtocol] = useState<string>(card.protocol ?? "snmp");
  const [profile, setProfile] = useState(card.profile ?? "");
  const fault = pollFault(polling);

  const save = async () => {
    const intervals = pollIntervals(polling);
    const body = {
      ...(JSON.stringify(intervals) !== JSON.stringify(card.polling ?? null) && { polling: intervals }),
      ...(protocol !== (card.protocol ?? "snmp") && { protocol }),
      ...(profile !== (card.profile ?? "") && { profile: profile === "" ? null : profile }),
    };
    if (Object.keys(body).length === 0) return;
    onChanged({ ...card, ...(await api.change<Card | undefined>(`/cards/${card.id}`, body)) });
    notify(`How ${card.name} is read was changed.`);
  };

  const known = profiles.value ?? [];
  const options: [string, string][] = [
    ["", "By its generation"], ...known.map((each): [string, string] => [each.name, each.title]),
    ...(profile !== "" && !known.some((each) => each.name === profile) ? [[profile, profile] as [string, string]] : []),
  ];
  return (
    <FormDialog title={`How ${card.name} is read`} verb="Save" isReady={fault === null} onSubmit={save} onClose={onClose}>
      <PollFields text={polling} onChange={setPolling} fault={fault} />
      <Choice label="Protocol" value={protocol} onChange={setProtocol} options={[["snmp", "SNMP"], ["modbus", "Modbus TCP"]]} />
      <Choice label="Profile" value={profile} onChange={setProfile} options={options} />
      <p className="quiet">While somebody looks at this page, the card is read whole as often as its status.</p>
    </FormDialog>
  );
}
