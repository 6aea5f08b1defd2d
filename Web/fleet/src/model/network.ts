/** Addresses as typed by people: checked before they are sent. */

/** Four decimal parts of 0 … 255. */
export function isIPv4(text: string): boolean {
  const parts = text.trim().split(".");
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

function bits(address: string): number {
  return address.trim().split(".").reduce((sum, part) => (sum * 256 + Number(part)) >>> 0, 0);
}

/** Ones first, then zeros; not 0.0.0.0. */
export function isNetmask(text: string): boolean {
  if (!isIPv4(text)) return false;
  const inverted = ~bits(text) >>> 0;
  return inverted !== 0xffffffff && (inverted & (inverted + 1)) === 0;
}

/** Whether two addresses are in one network. */
export function sameNetwork(left: string, right: string, netmask: string): boolean {
  return (bits(left) & bits(netmask)) === (bits(right) & bits(netmask));
}

/** `10.1.0.0/16` or one address. */
export function isRange(text: string): boolean {
  const [address = "", prefix, ...rest] = text.trim().split("/");
  if (rest.length > 0 || !isIPv4(address)) return false;
  return prefix === undefined || (/^\d{1,2}$/.test(prefix) && Number(prefix) >= 8 && Number(prefix) <= 32);
}

/** The ranges in a text field: apart by commas, spaces or lines. */
export function splitRanges(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

/** Whether an address is in `10.1.0.0/16`, in `10.1.0.0-10.1.0.9`, or is the address itself. What is neither contains nothing. */
export function inRange(address: string, range: string): boolean {
  if (!isIPv4(address)) return address === range;
  const [first = "", last] = range.split("-", 2);
  if (last !== undefined) return isIPv4(first) && isIPv4(last) && bits(address) >= bits(first) && bits(address) <= bits(last);
  const [base = "", prefix = "32"] = range.split("/", 2);
  const length = Number(prefix);
  if (!isIPv4(base) || !(length >= 0 && length <= 32)) return false;
  const mask = length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0;
  return ((bits(address) & mask) >>> 0) === ((bits(base) & mask) >>> 0);
}

/** A test for being in any of the ranges. */
export function inRanges(ranges: readonly string[]): (address: string) => boolean {
  return (address) => ranges.some((range) => inRange(address, range));
}

/** What is wrong with ranges as typed, or null. */
export function rangeFault(ranges: readonly string[]): string | null {
  const wrong = ranges.find((range) => !isRange(range));
  return wrong === undefined ? null : `“${wrong}” is neither an address nor a range such as 10.1.0.0/16 (/8 at most).`;
}
