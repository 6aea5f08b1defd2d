/** The kinds of channels, and what each is told about its far end: the forms are made of these tables. */
import type { Channel, ChannelKind, SettingValue } from "../types/notifications";

export interface ChannelField {
  name: string;
  label: string;
  /** `list`: one a line. `pairs`: "Name: value" a line. */
  type: "text" | "number" | "list" | "lines" | "pairs" | "check" | readonly (readonly [value: string, word: string])[];
  hint?: string;
  isRequired?: boolean;
  /** Sealed by the server, and never shown again. */
  isSecret?: boolean;
  /** Only where another field has this value. */
  when?: readonly [field: string, value: string];
  /** What a new channel begins with. */
  initial?: string;
}

const security = [["starttls", "STARTTLS"], ["tls", "TLS"], ["none", "None"]] as const;
const caFile: ChannelField = { name: "caFile", label: "CA file on the server (optional)", type: "text", hint: "For a far end whose certificate no public authority has signed." };

export const channelKinds: Record<ChannelKind, { word: string; fields: readonly ChannelField[] }> = {
  mail: {
    word: "Mail",
    fields: [
      { name: "host", label: "SMTP server", type: "text", isRequired: true },
      { name: "port", label: "Port", type: "number", hint: "Empty: 587; with TLS 465, without encryption 25." },
      { name: "security", label: "Encryption", type: security, initial: "starttls" },
      { name: "username", label: "User (optional)", type: "text" },
      { name: "password", label: "Password", type: "text", isSecret: true },
      { name: "from", label: "From", type: "text", isRequired: true },
      { name: "to", label: "To", type: "list", isRequired: true, hint: "One address a line." },
      caFile,
    ],
  },
  webhook: {
    word: "Webhook",
    fields: [
      { name: "url", label: "URL", type: "text", isSecret: true, isRequired: true, hint: "Stored sealed: the addresses of chat tools are secrets." },
      {
        name: "template", label: "Form", initial: "json",
        type: [["json", "JSON"], ["slack", "Slack, Mattermost, Rocket.Chat"], ["teams", "Microsoft Teams"], ["discord", "Discord"], ["telegram", "Telegram"], ["custom", "Own text"]],
      },
      { name: "body", label: "Own text", type: "lines", isRequired: true, when: ["template", "custom"], hint: "JSON with {{title}}, {{text}}, {{severity}}, {{site}}…" },
      { name: "headers", label: "Headers (optional)", type: "pairs", hint: "“Name: value”, one a line." },
      { name: "signingKey", label: "Signing key (optional)", type: "text", isSecret: true, hint: "Each message is signed with it: X-NVFleet-Signature." },
      { name: "authorization", label: "Authorization header (optional)", type: "text", isSecret: true },
      caFile,
    ],
  },
  syslog: {
    word: "Syslog",
    fields: [
      { name: "host", label: "Host", type: "text", isRequired: true },
      { name: "port", label: "Port", type: "number", hint: "Empty: 514, with TLS 6514." },
      { name: "transport", label: "Transport", type: [["udp", "UDP"], ["tcp", "TCP"], ["tls", "TLS"]], initial: "udp" },
      { name: "facility", label: "Facility", type: "number", hint: "0 to 23; empty: 16 (local0)." },
      { ...caFile, when: ["transport", "tls"] },
    ],
  },
  snmpTrap: {
    word: "SNMP trap",
    fields: [
      { name: "host", label: "Host", type: "text", isRequired: true },
      { name: "port", label: "Port", type: "number", hint: "Empty: 162." },
      { name: "version", label: "Version", type: [["2c", "v2c"], ["3", "v3"]], initial: "2c" },
      { name: "community", label: "Community", type: "text", isSecret: true, when: ["version", "2c"], hint: "Empty: public." },
      { name: "user", label: "User and keys", type: "text", isSecret: true, isRequired: true, when: ["version", "3"], hint: "NAME:AUTH:PASSWORD:PRIV:PASSWORD, such as nms:SHA-256:…:AES:…" },
      { name: "confirmed", label: "As inform: the far end acknowledges it", type: "check" },
    ],
  },
  mqtt: {
    word: "MQTT",
    fields: [
      { name: "host", label: "Broker", type: "text", isRequired: true },
      { name: "port", label: "Port", type: "number", hint: "Empty: 1883, with TLS 8883." },
      { name: "security", label: "Encryption", type: [["none", "None"], ["tls", "TLS"]], initial: "none" },
      { name: "username", label: "User (optional)", type: "text" },
      { name: "password", label: "Password", type: "text", isSecret: true },
      { name: "topic", label: "Topic", type: "text", hint: "Empty: nvfleet." },
      { name: "discoveryPrefix", label: "Home Assistant's discovery prefix", type: "text", hint: "Such as homeassistant; empty: no discovery documents." },
      caFile,
    ],
  },
  command: {
    word: "Command",
    fields: [
      { name: "command", label: "Command", type: "text", isRequired: true, hint: "A file name in the directory that notifications.commands of the configuration names." },
      { name: "arguments", label: "Arguments (optional)", type: "list", hint: "One a line. Never secrets: everybody on the server sees them." },
    ],
  },
};

export const channelKindOptions = (Object.keys(channelKinds) as ChannelKind[]).map((kind): [ChannelKind, string] => [kind, channelKinds[kind].word]);

export function channelKindWord(kind: ChannelKind): string {
  return channelKinds[kind]?.word ?? kind;
}

/** What the form holds, all of it text; `true` and nothing for a check. */
export type ChannelText = Readonly<Record<string, string>>;

function written(value: SettingValue | undefined): string {
  if (value === null || value === undefined || value === false) return "";
  if (Array.isArray(value)) return value.join("\n");
  return typeof value === "object" ? Object.entries(value).map(([name, each]) => `${name}: ${each}`).join("\n") : `${value}`;
}

type Known = Pick<Channel, "settings"> | null;

/** A webhook's address may also stand among the settings: then it is shown, and stays there. */
function isSealed({ isSecret, name }: ChannelField, channel: Known): boolean {
  return isSecret === true && (channel?.settings[name] === undefined || channel.settings[name] === null);
}

/** Of a channel, or of a new one. */
export function channelText(kind: ChannelKind, channel: Known): ChannelText {
  const value = (field: ChannelField) => (isSealed(field, channel) ? "" : channel ? written(channel.settings[field.name]) : field.initial ?? "");
  return Object.fromEntries(channelKinds[kind].fields.map((field) => [field.name, value(field)]));
}

/** The fields that count with what is chosen. */
export function channelFields(kind: ChannelKind, text: ChannelText): readonly ChannelField[] {
  return channelKinds[kind].fields.filter(({ when }) => when === undefined || text[when[0]] === when[1]);
}

/** What is wrong, or null. A secret that is stored need not be given again. */
export function channelFault(kind: ChannelKind, text: ChannelText, stored: readonly string[]): string | null {
  for (const { name, label, type, isRequired, isSecret } of channelFields(kind, text)) {
    const value = (text[name] ?? "").trim();
    if (isRequired && value === "" && !(isSecret && stored.includes(name))) return `${label} is needed.`;
    if (type === "number" && value !== "" && !/^\d{1,5}$/.test(value)) return `${label} is a whole number.`;
    if (type === "pairs" && value.split("\n").some((line) => line.trim() !== "" && !/^[^:\s]+:/.test(line.trim()))) return `${label}: each line is “Name: value”.`;
  }
  return null;
}

function read({ type }: ChannelField, text: string): SettingValue | undefined {
  const lines = text.split("\n").map((line) => line.trim()).filter(Boolean);
  if (type === "check") return text === "" ? undefined : true;
  if (lines.length === 0) return undefined;
  if (type === "number") return Number(text);
  if (type === "list") return lines;
  if (type === "pairs") return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]));
  return type === "lines" ? text : text.trim();
}

/** What the server is sent: settings whole, and of the secrets those that were typed. */
export function channelDocument(kind: ChannelKind, text: ChannelText, channel: Known): { settings: Record<string, SettingValue>; secrets: Record<string, string> } {
  const settings: Record<string, SettingValue> = {};
  const secrets: Record<string, string> = {};
  for (const field of channelFields(kind, text)) {
    const typed = text[field.name] ?? "";
    if (isSealed(field, channel)) {
      if (typed !== "") secrets[field.name] = typed;
      continue;
    }
    const value = read(field, typed);
    if (value !== undefined) settings[field.name] = value;
  }
  return { settings, secrets };
}

/** Where it leads, in a line. */
export function channelTarget({ kind, settings }: Pick<Channel, "kind" | "settings">): string | null {
  const place = [settings["host"], settings["port"]].filter(Boolean).join(":");
  switch (kind) {
    case "mail": return `${written(settings["to"]).replace(/\n/g, ", ")} by ${place}`;
    case "webhook": return [written(settings["template"]), written(settings["url"])].filter(Boolean).join(", ") || null;
    case "syslog": return `${place} (${written(settings["transport"]) || "udp"})`;
    case "mqtt": return [place, written(settings["topic"])].filter(Boolean).join(" ");
    case "command": return [written(settings["command"]), ...written(settings["arguments"]).split("\n")].join(" ").trim();
    default: return place || null;
  }
}
