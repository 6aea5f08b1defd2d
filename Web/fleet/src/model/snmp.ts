/** How an SNMP agent is asked, as a form holds it. What is left empty is not sent: stored secrets stay as they are. */
import type { SNMPAccess } from "../types/organisation";

export interface SNMPText {
  version: "" | "1" | "2c" | "3";
  readCommunity: string;
  writeCommunity: string;
  user: string;
  authProtocol: string;
  authPassword: string;
  privProtocol: string;
  privPassword: string;
}

export const noSNMP: SNMPText = {
  version: "2c", readCommunity: "", writeCommunity: "", user: "", authProtocol: "SHA-256", authPassword: "", privProtocol: "AES", privPassword: "",
};

export const authProtocols = ["MD5", "SHA", "SHA-224", "SHA-256", "SHA-384", "SHA-512"];
export const privProtocols = ["DES", "AES", "AES-192", "AES-256"];

/** What is known of stored credentials. */
export function snmpText(known: { version?: SNMPText["version"]; user?: string | null } | null): SNMPText {
  return { ...noSNMP, version: known?.version || noSNMP.version, user: known?.user ?? "" };
}

/** What is wrong, or null. */
export function snmpFault(text: SNMPText): string | null {
  if (text.version !== "3") return null;
  const isAnythingGiven = text.user !== "" || text.authPassword !== "" || text.privPassword !== "";
  if (!isAnythingGiven) return null;
  if (text.user === "") return "Version 3 needs the name of a user.";
  if (text.authPassword === "" && text.privPassword !== "") return "There is no privacy without authentication: give its password too.";
  const tooShort = [text.authPassword, text.privPassword].some((password) => password !== "" && password.length < 8);
  return tooShort ? "An SNMPv3 password has at least 8 characters." : null;
}

/** The part of a request, or undefined where nothing was filled in. */
export function snmpAccess(text: SNMPText): SNMPAccess | undefined {
  if (text.version === "") return undefined;
  if (text.version !== "3") {
    if (text.readCommunity === "" && text.writeCommunity === "") return undefined;
    return { version: text.version, readCommunity: text.readCommunity || undefined, writeCommunity: text.writeCommunity || undefined };
  }
  if (text.user === "") return undefined;
  const authentication = text.authPassword === "" ? {} : { authProtocol: text.authProtocol, authPassword: text.authPassword };
  const privacy = text.privPassword === "" ? {} : { privProtocol: text.privProtocol, privPassword: text.privPassword };
  return { version: "3", user: text.user, ...authentication, ...privacy };
}
