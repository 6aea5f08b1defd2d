import { useState } from "react";
import { authProtocols, hasAuthenticationKey, hasPrivacyKey, noProtocol, privProtocols, snmpFault, type KnownSNMP, type SNMPText } from "../model/snmp";
import { Choice, Field } from "./Field";

interface Props {
  text: SNMPText;
  /** What is stored, where that is told. */
  known?: KnownSNMP | null;
  /** What it means to say nothing about SNMP; without it a version must be chosen. */
  nothing?: string;
  onChange: (text: SNMPText) => void;
}

const versions: [string, string][] = [["2c", "v2c"], ["1", "v1"], ["3", "v3, with a user"]];
const kept = "Empty: as it is stored";

/** The protocols of a list, none, and the stored one, whatever it is called. */
function protocols(none: string, names: readonly string[], stored: string): [string, string][] {
  const all = stored === noProtocol || names.includes(stored) ? names : [...names, stored];
  return [[noProtocol, none], ...all.map((name): [string, string] => [name, name])];
}

/** Communities, or a user of version 3. Secrets are written, never shown. */
export function SNMPFields({ text, known = null, nothing, onChange }: Props) {
  // Nobody is scolded for a form that was only just opened.
  const [isTouched, setTouched] = useState(false);
  const set = (change: Partial<SNMPText>) => {
    setTouched(true);
    onChange({ ...text, ...change });
  };
  const fault = snmpFault(text, known);
  const options = nothing === undefined ? versions : [["", nothing] as [string, string], ...versions];
  return (
    <>
      <Choice label="SNMP version" value={text.version} onChange={(version) => set({ version: version as SNMPText["version"] })} options={options} />
      {(text.version === "1" || text.version === "2c") && <CommunityFields text={text} known={known} set={set} />}
      {text.version === "3" && <UserFields text={text} known={known} set={set} />}
      {fault && <p className={isTouched ? "field-error" : "field-hint"} role={isTouched ? "alert" : undefined}>{fault}</p>}
    </>
  );
}

interface PartProps { text: SNMPText; known: KnownSNMP | null; set: (change: Partial<SNMPText>) => void }

function CommunityFields({ text, known, set }: PartProps) {
  const hint = known && known.version !== "3" ? kept : undefined;
  return (
    <div className="form-grid form-grid-wide">
      <Field label="Read community" autoComplete="off" spellCheck={false} value={text.readCommunity} onChange={(readCommunity) => set({ readCommunity })} hint={hint} />
      <Field label="Write community" autoComplete="off" spellCheck={false} value={text.writeCommunity} onChange={(writeCommunity) => set({ writeCommunity })} hint={hint} />
    </div>
  );
}

function UserFields({ text, known, set }: PartProps) {
  return (
    <>
      <Field label="SNMP user" autoComplete="off" spellCheck={false} maxLength={32} value={text.user} onChange={(user) => set({ user })} />
      <div className="form-grid form-grid-wide">
        <Choice label="Authentication" value={text.authProtocol} onChange={(authProtocol) => set({ authProtocol })} options={protocols("No authentication", authProtocols, text.authProtocol)} />
        {text.authProtocol !== noProtocol && (
          <Field
            label="Authentication password" type="password" autoComplete="new-password" value={text.authPassword} onChange={(authPassword) => set({ authPassword })}
            hint={hasAuthenticationKey(text, known) ? kept : "At least 8 characters"}
          />
        )}
      </div>
      <div className="form-grid form-grid-wide">
        <Choice label="Privacy" value={text.privProtocol} onChange={(privProtocol) => set({ privProtocol })} options={protocols("No privacy", privProtocols, text.privProtocol)} />
        {text.privProtocol !== noProtocol && (
          <Field
            label="Privacy password" type="password" autoComplete="new-password" value={text.privPassword} onChange={(privPassword) => set({ privPassword })}
            hint={hasPrivacyKey(text, known) ? kept : "At least 8 characters"}
          />
        )}
      </div>
    </>
  );
}
