import { authProtocols, privProtocols, snmpFault, type SNMPText } from "../model/snmp";
import { Choice, Field } from "./Field";

interface Props { text: SNMPText; onChange: (text: SNMPText) => void; hasWrite?: boolean }

const versions: [string, string][] = [["2c", "v2c"], ["1", "v1"], ["3", "v3, with a user"]];
const protocols = (names: readonly string[]): [string, string][] => names.map((name) => [name, name]);

/** Communities, or a user of version 3. Secrets are written, never shown. */
export function SNMPFields({ text, onChange, hasWrite = true }: Props) {
  const set = (change: Partial<SNMPText>) => onChange({ ...text, ...change });
  const fault = snmpFault(text);
  return (
    <>
      <Choice label="SNMP version" value={text.version} onChange={(version) => set({ version: version as SNMPText["version"] })} options={versions} />
      {text.version !== "3" && (
        <div className="form-grid">
          <Field label="Read community" autoComplete="off" spellCheck={false} value={text.readCommunity} onChange={(readCommunity) => set({ readCommunity })} />
          {hasWrite && <Field label="Write community" autoComplete="off" spellCheck={false} value={text.writeCommunity} onChange={(writeCommunity) => set({ writeCommunity })} />}
        </div>
      )}
      {text.version === "3" && (
        <>
          <Field label="SNMP user" autoComplete="off" spellCheck={false} maxLength={32} value={text.user} onChange={(user) => set({ user })} />
          <div className="form-grid">
            <Choice label="Authentication" value={text.authProtocol} onChange={(authProtocol) => set({ authProtocol })} options={protocols(authProtocols)} />
            <Field label="Authentication password" type="password" autoComplete="new-password" value={text.authPassword} onChange={(authPassword) => set({ authPassword })} hint="Empty: none" />
          </div>
          <div className="form-grid">
            <Choice label="Privacy" value={text.privProtocol} onChange={(privProtocol) => set({ privProtocol })} options={protocols(privProtocols)} />
            <Field label="Privacy password" type="password" autoComplete="new-password" value={text.privPassword} onChange={(privPassword) => set({ privPassword })} hint="Empty: none" />
          </div>
        </>
      )}
      {fault && <p className="field-error" role="alert">{fault}</p>}
    </>
  );
}
