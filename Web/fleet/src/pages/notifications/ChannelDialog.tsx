import { useState } from "react";
import { api } from "../../api";
import { Check } from "../../components/Checks";
import { Choice, Field } from "../../components/Field";
import { FormDialog } from "../../components/FormDialog";
import { TextArea } from "../../components/TextArea";
import { notify } from "../../live/notices";
import { channelDocument, channelFault, channelFields, channelKindOptions, channelText, type ChannelField } from "../../model/channels";
import type { Channel, ChannelKind } from "../../types/notifications";

interface InputProps { field: ChannelField; value: string; isStored: boolean; onChange: (value: string) => void }

function Input({ field: { label, type, hint, isSecret }, value, isStored, onChange }: InputProps) {
  if (typeof type !== "string") return <Choice label={label} value={value} onChange={onChange} options={type.map(([each, word]) => [each, word])} />;
  if (type === "check") return <Check label={label} checked={value !== ""} onChange={(isOn) => onChange(isOn ? "true" : "")} />;
  if (type === "list" || type === "pairs" || type === "lines") return <TextArea label={label} rows={type === "lines" ? 6 : 2} value={value} onChange={onChange} hint={hint} />;
  return (
    <Field
      label={label} type={isSecret ? "password" : "text"} autoComplete={isSecret ? "new-password" : "off"} spellCheck={false} inputMode={type === "number" ? "numeric" : undefined}
      value={value} onChange={onChange} placeholder={isStored ? "stored; empty leaves it" : undefined} hint={hint}
    />
  );
}

/** A new channel (`channel` null), or a change of one: secrets that are left empty stay as they are. */
export function ChannelDialog({ channel, onClose, onSaved }: { channel: Channel | null; onClose: () => void; onSaved: () => void }) {
  const [name, setName] = useState(channel?.name ?? "");
  const [kind, setKind] = useState<ChannelKind>(channel?.kind ?? "mail");
  const [isEnabled, setEnabled] = useState(channel?.isEnabled ?? true);
  const [text, setText] = useState(channelText(kind, channel));
  const stored = channel?.secrets ?? [];
  const fault = channelFault(kind, text, stored);
  const become = (next: ChannelKind) => {
    setKind(next);
    setText(channelText(next, null));
  };
  const save = async () => {
    const { settings, secrets } = channelDocument(kind, text, channel);
    const body = { name: name.trim(), isEnabled, settings, ...(Object.keys(secrets).length > 0 ? { secrets } : {}) };
    if (channel) await api.change(`/notifications/channels/${channel.id}`, body);
    else await api.create("/notifications/channels", { ...body, kind });
    notify(`The channel ${body.name} was stored. A test shows whether it works.`);
    onSaved();
  };
  return (
    <FormDialog title={channel ? `Channel ${channel.name}` : "New channel"} verb="Store channel" isWide isReady={name.trim() !== "" && fault === null} onSubmit={save} onClose={onClose}>
      <div className="form-grid form-grid-wide">
        <Field label="Name" required autoFocus maxLength={128} value={name} onChange={setName} />
        {!channel && <Choice label="Kind" value={kind} onChange={(value) => become(value as ChannelKind)} options={channelKindOptions} />}
      </div>
      <div className="form-grid form-grid-wide">
        {channelFields(kind, text).map((field) => (
          <Input key={field.name} field={field} value={text[field.name] ?? ""} isStored={stored.includes(field.name)} onChange={(value) => setText({ ...text, [field.name]: value })} />
        ))}
      </div>
      <Check label="The channel is on" checked={isEnabled} onChange={setEnabled} />
      {fault && <p className="field-hint" role="status">{fault}</p>}
    </FormDialog>
  );
}
