/** The ways of finding cards, and a search's progress, in words. */
import type { Candidate, Discovery, DiscoveryMethod, DiscoveryRule, FindingMethod } from "../types/discovery";
import { count, duration } from "./format";
import { addressCount, rangeFault } from "./network";
import type { Tone } from "./status";

interface MethodWords { word: string; hint: string; needsRange: boolean; isDefault: boolean }

export const methodWords: Record<DiscoveryMethod, MethodWords> = {
  lan: { word: "LAN protocol", hint: "broadcasts on the local wire and asks each address; finds CardAgent and NET VISION cards, also in a foreign subnet", needsRange: false, isDefault: true },
  snmp: { word: "SNMP sweep", hint: "asks every address of the ranges; finds every generation, and UPSs of other makers", needsRange: true, isDefault: true },
  ssdp: { word: "SSDP (UPnP)", hint: "asks the local wire by multicast; finds cards whose UPnP is on, without credentials", needsRange: false, isDefault: true },
  bacnet: { word: "BACnet Who-Is", hint: "broadcasts, and asks the ranges; finds cards with BACnet/IP on", needsRange: false, isDefault: true },
  neighbours: { word: "Neighbour table", hint: "looks into this server's ARP table for the maker's MAC addresses; sends nothing", needsRange: false, isDefault: true },
  modbus: { word: "Modbus TCP", hint: "connects to port 502 of each address: takes a card's only Modbus connection for a moment", needsRange: true, isDefault: false },
};

export const discoveryMethods = Object.keys(methodWords) as DiscoveryMethod[];
export const defaultMethods = discoveryMethods.filter((method) => methodWords[method].isDefault);

/** For a list of choices. */
export const methodOptions = discoveryMethods.map((method) => [method, methodWords[method].word, methodWords[method].hint] as const);

/** What is wrong with the methods and ranges of a search, or null. */
export function searchFault(methods: readonly DiscoveryMethod[], ranges: readonly string[]): string | null {
  if (methods.length === 0) return "Choose at least one method.";
  const needing = methods.find((method) => methodWords[method].needsRange);
  if (ranges.length === 0 && needing) return `${methodWords[needing].word} needs at least one range or address.`;
  const fault = rangeFault(ranges);
  if (fault !== null) return fault;
  const addresses = addressCount(ranges);
  return addresses > mostAddresses ? `The ranges have ${addresses.toLocaleString("en-GB")} addresses, a search at most ${mostAddresses.toLocaleString("en-GB")}: search in parts.` : null;
}

/** What a search takes; a rule or a credential set may have larger ranges. */
const mostAddresses = 2 ** 20;

export function methodWord(method: FindingMethod): string {
  if (method === "trap") return "Trap";
  return method === "import" ? "Import" : methodWords[method]?.word ?? method;
}

export const discoveryTone: Record<Discovery["state"], Tone> = { running: "info", done: "good", failed: "bad", cancelled: "muted" };
export const discoveryWord: Record<Discovery["state"], string> = { running: "Running", done: "Done", failed: "Failed", cancelled: "Cancelled" };

/** "10.1.0.0/16"; a search without ranges is of the local network. */
export function discoveryTitle({ ranges, interfaces }: Pick<Discovery, "ranges" | "interfaces">): string {
  const wires = interfaces && interfaces.length > 0 ? ` on ${interfaces.join(", ")}` : "";
  return `${ranges.length === 0 ? "Local network" : ranges.join(", ")}${wires}`;
}

/** "65,534 addresses: at least 14 s …": the least that a sweep takes, with one packet to each address; null without ranges. */
export function sweepWords(ranges: readonly string[], packetsPerSecond: number): string | null {
  const addresses = addressCount(ranges);
  if (addresses === 0 || !(packetsPerSecond > 0)) return null;
  const pace = packetsPerSecond.toLocaleString("en-GB");
  return `${count(addresses, "address", "addresses")}: at least ${duration(Math.ceil(addresses / packetsPerSecond))} for each method that asks them all, at ${pace} packets a second`;
}

/** "LAN protocol, SNMP sweep". */
export function methodList(methods: readonly FindingMethod[]): string {
  return methods.map(methodWord).join(", ");
}

/** "in 10.1.0.0/16, of NV7 or NV8, found by Trap"; "whatever is found" where a rule asks nothing. */
export function ruleWords(rule: DiscoveryRule): string {
  const parts = [
    rule.ranges.length > 0 && `in ${rule.ranges.join(", ")}`,
    rule.generations.length > 0 && `of ${rule.generations.join(" or ")}`,
    rule.model && `model ${rule.model}`,
    rule.methods.length > 0 && `found by ${rule.methods.map(methodWord).join(" or ")}`,
  ].filter(Boolean);
  return parts.length === 0 ? "whatever is found" : parts.join(", ");
}

/** What a candidate is called as long as it has no name. */
export function candidateName(candidate: Candidate): string {
  return candidate.name || candidate.model || candidate.serial || candidate.address;
}
