/** How an SNMP agent is asked, as a form holds it. Only what was changed is sent: what is stored stays as it is. */
import type { SNMPAccess } from "../types/organisation";

export interface SNMPText {
  /** Empty: nothing is said about SNMP. */
  version: "" | "1" | "2c" | "3";
  readCommunity: string;
  writeCommunity: string;
  user: string;
  /** "none", or the name of a protocol. */
  authProtocol: string;
  authPassword: string;
  privProtocol: string;
  privPassword: string;
}

/** What the server tells of stored credentials: never a secret. */
export interface KnownSNMP {
  version?: "1" | "2c" | "3";
  user?: string | null;
  /** Null: messages are not signed, or not encrypted. */
  authProtocol?: string | null;
  privProtocol?: string | null;
  context?: string | null;
}

export const noSNMP: SNMPText = {
  version: "2c", readCommunity: "", writeCommunity: "", user: "", authProtocol: "SHA-256", authPassword: "", privProtocol: "AES", privPassword: "",
};

export const noProtocol = "none";
export const authProtocols = ["MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"];
export const privProtocols = ["DES", "AES", "AES-192", "AES-256", "AES-192-C", "AES-256-C"];

/** What the form begins with. */
export function snmpText(known: KnownSNMP | null): SNMPText {
  if (known?.version !== "3") return { ...noSNMP, version: known?.version ?? noSNMP.version };
  return { ...noSNMP, version: "3", user: known.user ?? "", authProtocol: known.authProtocol ?? noProtocol, privProtocol: known.privProtocol ?? noProtocol };
}

/** Whether the form is of the user that is stored, whose passwords need not be given again. */
function isStoredUser(text: SNMPText, known: KnownSNMP | null): boolean {
  return known?.version === "3" && known.user === text.user;
}

/** Whether the key that the chosen authentication needs is stored. It is made with the protocol: another one needs the password. */
export function hasAuthenticationKey(text: SNMPText, known: KnownSNMP | null): boolean {
  return isStoredUser(text, known) && known?.authProtocol === text.authProtocol;
}

/** The key of the privacy is made with the authentication's protocol, and serves any protocol of its own. */
export function hasPrivacyKey(text: SNMPText, known: KnownSNMP | null): boolean {
  return hasAuthenticationKey(text, known) && Boolean(known?.privProtocol);
}

/** What is wrong, or null. */
export function snmpFault(text: SNMPText, known: KnownSNMP | null = null): string | null {
  switch (text.version) {
    case "": return null;
    case "3": return userFault(text, known);
    default: {
      const isStored = known !== null && known.version !== "3";
      return isStored || text.readCommunity !== "" ? null : `Give the read community for v${text.version}.`;
    }
  }
}

function userFault(text: SNMPText, known: KnownSNMP | null): string | null {
  if (text.user === "") return "Version 3 needs the name of a user.";
  if (text.authProtocol === noProtocol) return text.privProtocol === noProtocol ? null : "There is no privacy without authentication: choose an authentication, or no privacy.";
  return passwordFault("authentication", text.authPassword, hasAuthenticationKey(text, known))
    ?? (text.privProtocol === noProtocol ? null : passwordFault("privacy", text.privPassword, hasPrivacyKey(text, known)));
}

function passwordFault(what: string, password: string, isStored: boolean): string | null {
  if (password === "") return isStored ? null : `Give the ${what} password, or choose no ${what}.`;
  return password.length < 8 ? "An SNMPv3 password has at least 8 characters." : null;
}

/** The part of a request that changes what is stored, or undefined where nothing of it was changed. */
export function snmpAccess(text: SNMPText, known: KnownSNMP | null = null): SNMPAccess | undefined {
  if (text.version === "") return undefined;
  if (text.version !== "3") {
    const isSame = text.version === known?.version && text.readCommunity === "" && text.writeCommunity === "";
    return isSame ? undefined : { version: text.version, readCommunity: text.readCommunity || undefined, writeCommunity: text.writeCommunity || undefined };
  }
  const change = isStoredUser(text, known) ? changedKeys(text, known) : wholeKeys(text, known);
  return change && { version: "3", user: text.user, ...change };
}

/** A user that is new is given whole, in the context that the old one had. */
function wholeKeys(text: SNMPText, known: KnownSNMP | null): SNMPAccess {
  const context = known?.context ? { context: known.context } : {};
  if (text.authProtocol === noProtocol) return { authProtocol: noProtocol, ...context };
  const authentication = { authProtocol: text.authProtocol, authPassword: text.authPassword };
  const privacy = text.privProtocol === noProtocol ? { privProtocol: noProtocol } : { privProtocol: text.privProtocol, privPassword: text.privPassword };
  return { ...authentication, ...privacy, ...context };
}

/** Of the stored user what differs; undefined where nothing does. */
function changedKeys(text: SNMPText, known: KnownSNMP | null): SNMPAccess | undefined {
  const [hadAuthentication, hadPrivacy] = [known?.authProtocol ?? noProtocol, known?.privProtocol ?? noProtocol];
  const change: SNMPAccess = {};
  if (text.authProtocol !== hadAuthentication) change.authProtocol = text.authProtocol;
  // Without authentication there is no privacy either: the server removes both.
  if (text.authProtocol !== noProtocol) {
    if (text.authPassword !== "") Object.assign(change, { authProtocol: text.authProtocol, authPassword: text.authPassword });
    if (text.privProtocol !== hadPrivacy) change.privProtocol = text.privProtocol;
    if (text.privProtocol !== noProtocol && text.privPassword !== "") Object.assign(change, { privProtocol: text.privProtocol, privPassword: text.privPassword });
  }
  return Object.keys(change).length === 0 ? undefined : change;
}
