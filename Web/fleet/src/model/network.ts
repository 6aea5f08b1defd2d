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

interface Bounds { first: number; last: number }

/** The first and the last address of `10.1.0.0/16`, `10.1.0.10-10.1.0.20` or `10.1.0.5`, as the server understands them; null for anything else. */
function bounds(range: string): Bounds | null {
  const [base = "", prefix, ...more] = range.trim().split("/");
  if (prefix !== undefined) return more.length === 0 && isIPv4(base) ? networkBounds(bits(base), prefix) : null;
  const [from = "", to = from, ...rest] = base.split("-");
  if (rest.length > 0 || !isIPv4(from) || !isIPv4(to)) return null;
  const [first, last] = [bits(from), bits(to)];
  return first <= last ? { first, last } : null;
}

/** A network of up to 30 bits is without its network and broadcast addresses. */
function networkBounds(address: number, prefix: string): Bounds | null {
  const length = /^\d{1,2}$/.test(prefix) ? Number(prefix) : 0;
  if (length < 8 || length > 32) return null;
  const size = 2 ** (32 - length);
  const first = address - (address % size);
  return length > 30 ? { first, last: first + size - 1 } : { first: first + 1, last: first + size - 2 };
}

export function isRange(text: string): boolean {
  return bounds(text) !== null;
}

/** How many addresses the ranges have; one that is in several counts once. What is no range has none. */
export function addressCount(ranges: readonly string[]): number {
  const sorted = ranges.map(bounds).filter((each): each is Bounds => each !== null).sort((a, b) => a.first - b.first);
  let sum = 0;
  let next = 0;
  for (const { first, last } of sorted) {
    sum += Math.max(0, last - Math.max(first, next) + 1);
    next = Math.max(next, last + 1);
  }
  return sum;
}

/** The ranges in a text field: apart by commas, spaces or lines. */
export function splitRanges(text: string): string[] {
  return text.replace(/ *- */g, "-").split(/[\s,;]+/).filter(Boolean);
}

/** Whether an address is in the range. What is no range contains nothing. */
export function inRange(address: string, range: string): boolean {
  const found = bounds(range);
  return found !== null && isIPv4(address) && bits(address) >= found.first && bits(address) <= found.last;
}

/** A test for being in any of the ranges. */
export function inRanges(ranges: readonly string[]): (address: string) => boolean {
  return (address) => ranges.some((range) => inRange(address, range));
}

/** What is wrong with ranges as typed, or null. */
export function rangeFault(ranges: readonly string[]): string | null {
  const wrong = ranges.find((range) => !isRange(range));
  return wrong === undefined ? null : `“${wrong}” is no range of IPv4 addresses. Write 10.1.0.0/16, 10.1.0.10-10.1.0.20 or 10.1.0.5.`;
}
