/** Live values put into the groups and tables that a card page shows. A value that is absent has no row. */
import type { Values } from "../types";

/** The unit that a NUT name (RFC 9271) tells by its last known part. */
const units: Record<string, string> = {
  voltage: "V", current: "A", frequency: "Hz", temperature: "°C", realpower: "W", power: "VA", charge: "%", load: "%", percent: "%",
  humidity: "%", capacity: "Ah", runtime: "s", powerfactor: "", crestfactor: "", shift: "°",
};

export function unitOf(metric: string): string {
  const parts = metric.split(".").reverse();
  for (const part of parts) {
    const unit = units[part];
    if (unit !== undefined) return unit;
  }
  return "";
}

const words: Record<string, string> = {
  realpower: "Active power", power: "Apparent power", charge: "Charge", load: "Load", powerfactor: "Power factor",
  crestfactor: "Crest factor", runtime: "Runtime", capacity: "Capacity", "runtime.elapsed": "Time on battery", "power.percent": "Load",
  "power.nominal": "Rated power", "realpower.nominal": "Rated active power", "voltage.nominal": "Rated voltage",
  "phase.shift": "Phase shift", "switch.temperature": "Static switch temperature",
};

/** `power.percent` → "Load", `voltage` → "Voltage"; a name we don't know is spelt out. */
function wording(name: string): string {
  const known = words[name];
  if (known !== undefined) return known;
  const spelt = name.replace(/[._]/g, " ");
  return spelt.charAt(0).toUpperCase() + spelt.slice(1);
}

export interface Figure { metric: string; label: string; value: number; unit: string }
export interface PhaseRow { label: string; unit: string; cells: Record<string, { metric: string; value: number }> }
export interface Group { title: string; figures: Figure[]; lines: string[]; rows: PhaseRow[] }

const groupPrefixes: [title: string, pattern: RegExp][] = [
  ["Bypass", /^input\.bypass\./],
  ["Source 1", /^input\.1\./],
  ["Source 2", /^input\.2\./],
  ["Sources", /^input\.(?=phase\.shift$)/],
  ["Input", /^input\./],
  ["Battery", /^battery\./],
  ["Output", /^(output|ups)\.(?!temperature)/],
  ["Environment", /^(ambient\.|ups\.temperature)/],
];
const order = ["Input", "Sources", "Source 1", "Source 2", "Bypass", "Battery", "Output", "Environment", "Other"];

interface Place { title: string; line: string | null; name: string }

/** Where a value belongs: `input.bypass.L1-N.voltage` → Bypass, line L1-N, "voltage". */
function place(metric: string): Place {
  const [title, pattern] = groupPrefixes.find(([, candidate]) => candidate.test(metric)) ?? ["Other", /^/];
  const rest = metric.replace(pattern, "");
  const line = /^(L\d(?:-(?:N|L\d))?|N)\.(.+)$/.exec(rest);
  if (line?.[1] && line[2]) return { title, line: line[1], name: line[2] };
  const whole = rest === "" ? metric.split(".").pop() ?? metric : rest;
  return { title, line: null, name: whole };
}

/** What a metric is called in a list of metrics: "Input voltage L1-N". */
export function metricLabel(metric: string): string {
  const { title, line, name } = place(metric);
  const word = wording(name);
  const quantity = title === "Other" || title === "Sources" || metric.startsWith("ups.") ? word : `${title} ${word.charAt(0).toLowerCase()}${word.slice(1)}`;
  return line === null ? quantity : `${quantity} ${line}`;
}

function addLine(group: Group, line: string, name: string, metric: string, value: number): void {
  const isBetweenLines = /^L\d-L\d$/.test(line);
  const label = isBetweenLines ? `${wording(name)} L-L` : wording(name);
  const column = line.slice(0, 2);
  let row = group.rows.find((candidate) => candidate.label === label);
  if (!row) {
    row = { label, unit: unitOf(metric), cells: {} };
    group.rows.push(row);
  }
  row.cells[column] = { metric, value };
  if (!group.lines.includes(column)) group.lines.push(column);
}

/** The groups that have a value, in the order of the power's way through the device. */
export function groupReadings(values: Values): Group[] {
  const groups = new Map<string, Group>();
  for (const metric of Object.keys(values).sort()) {
    const value = values[metric];
    if (value === undefined || !Number.isFinite(value)) continue;
    const { title, line, name } = place(metric);
    const group = groups.get(title) ?? { title, figures: [], lines: [], rows: [] };
    groups.set(title, group);
    if (line === null) group.figures.push({ metric, label: wording(name), value, unit: unitOf(metric) });
    else addLine(group, line, name, metric, value);
  }
  for (const group of groups.values()) group.lines.sort();
  return order.flatMap((title) => groups.get(title) ?? []);
}
