/** Rules as forms hold them, and in words. */
import type { Severity, Status } from "../types";
import type { AlarmRule, ConditionKind, RuleCondition, RuleImport, RuleScope, RuleText } from "../types/rules";
import { look } from "./status";

export const conditionWords: Record<ConditionKind, string> = {
  threshold: "A value is beyond a limit", noData: "Nothing is heard", status: "A status lasts", firmware: "The firmware is out of policy",
  batteryTest: "The battery test failed or is overdue", clockSkew: "The clock is wrong", expiry: "Something is about to expire",
};
export const conditionKinds = Object.keys(conditionWords) as ConditionKind[];

/** The condition that a rule has. */
export function conditionKind(rule: RuleCondition): ConditionKind | null {
  return conditionKinds.find((kind) => rule[kind] !== undefined && rule[kind] !== null) ?? null;
}

function lasting(text: string | undefined): string {
  return text && text !== "0s" ? ` for ${text}` : "";
}

/** "ups.load above 80 for 10m, until 75". */
export function ruleConditionWords(rule: RuleCondition): string {
  if (rule.threshold) {
    const { variable, above, below, clear, for: duration } = rule.threshold;
    const limit = above === undefined || above === null ? `below ${below}` : `above ${above}`;
    return `${variable} ${limit}${lasting(duration)}${clear === undefined || clear === null ? "" : `, until ${clear}`}`;
  }
  if (rule.noData) return `no ${rule.noData.variable ? `value of ${rule.noData.variable}` : "answer"}${lasting(rule.noData.for)}`;
  if (rule.status) return `${rule.status.is.map((status) => look(status as Status).word.toLowerCase()).join(" or ")}${lasting(rule.status.for)}`;
  if (rule.firmware) return firmwareWords(rule.firmware);
  if (rule.batteryTest) return [rule.batteryTest.failed && "battery test failed", rule.batteryTest.olderThan && `no battery test for ${rule.batteryTest.olderThan}`].filter(Boolean).join(", or ");
  if (rule.clockSkew) return `clock wrong by more than ${rule.clockSkew.seconds} s`;
  return rule.expiry ? `${rule.expiry.of} expires within ${rule.expiry.within}` : "not known to this page";
}

function firmwareWords({ allowed, minimum }: NonNullable<RuleCondition["firmware"]>): string {
  const least = typeof minimum === "object" && minimum !== null ? Object.entries(minimum).map(([generation, version]) => `${generation} ${version}`).join(", ") : minimum;
  return ["firmware", allowed && allowed.length > 0 && `other than ${allowed.join(", ")}`, least && `below ${least}`].filter(Boolean).join(" ");
}

const scopes: [keyof RuleScope, string][] = [["sites", "at"], ["tags", "with tag"], ["cards", "card"], ["models", "model"], ["generations", "of"], ["kinds", "kind"]];

export function ruleScopeWords(scope: RuleScope | null | undefined): string {
  const parts = scopes.flatMap(([key, word]) => (scope?.[key]?.length ? [`${word} ${scope[key]?.join(" or ")}`] : []));
  return parts.length === 0 ? "every card" : parts.join(", ");
}

/** What the form holds. */
export interface RuleForm {
  name: string;
  title: string;
  severity: Severity;
  enabled: boolean;
  kind: ConditionKind;
  sites: string;
  tags: string;
  /** What the form has no field for stays as it is. */
  scope: RuleScope;
  variable: string;
  side: "above" | "below";
  limit: string;
  clear: string;
  duration: string;
  statuses: Status[];
  failed: boolean;
  minimum: string;
  allowed: string;
  seconds: string;
  of: "password" | "certificate";
}

const given = (value: unknown) => (value === undefined || value === null ? "" : `${value}`);

export function ruleForm(rule: AlarmRule | null): RuleForm {
  const kind = rule ? conditionKind(rule) ?? "threshold" : "threshold";
  const { threshold, noData, status, firmware, batteryTest, clockSkew, expiry } = rule ?? {};
  const minimum = firmware?.minimum;
  return {
    name: rule?.name ?? "", title: rule?.title ?? "", severity: rule?.severity ?? "warning", enabled: rule?.enabled ?? true, kind,
    sites: rule?.scope?.sites?.join("; ") ?? "", tags: rule?.scope?.tags?.join(", ") ?? "", scope: rule?.scope ?? {},
    variable: threshold?.variable ?? noData?.variable ?? (rule ? "" : "ups.load"), side: threshold && threshold.above == null ? "below" : "above",
    limit: given(threshold?.above ?? threshold?.below), clear: given(threshold?.clear),
    duration: threshold?.for ?? noData?.for ?? status?.for ?? batteryTest?.olderThan ?? expiry?.within ?? (rule ? "" : "10m"),
    statuses: (status?.is ?? []) as Status[], failed: batteryTest ? batteryTest.failed ?? false : true,
    minimum: typeof minimum === "object" && minimum !== null ? Object.entries(minimum).map(([generation, version]) => `${generation}: ${version}`).join("\n") : minimum ?? "",
    allowed: firmware?.allowed?.join(", ") ?? "", seconds: given(clockSkew?.seconds), of: expiry?.of ?? "certificate",
  };
}

const durationPattern = /^\d{1,9}[smhd]$/;
const isNumber = (text: string) => text.trim() !== "" && Number.isFinite(Number(text));

/** What is wrong, or null; the server looks closer. */
export function ruleFault(form: RuleForm): string | null {
  if (!/^[A-Za-z0-9._-]{1,64}$/.test(form.name.trim())) return "The name has letters, digits, dots, hyphens and underscores.";
  const duration = form.duration.trim();
  const isOptional = form.kind === "threshold" || form.kind === "status" || (form.kind === "batteryTest" && form.failed);
  const usesDuration = form.kind !== "firmware" && form.kind !== "clockSkew";
  if (usesDuration && !(isOptional && duration === "") && !durationPattern.test(duration)) return "A duration is a whole number with s, m, h or d, such as 10m.";
  switch (form.kind) {
    case "threshold":
      if (form.variable.trim() === "") return "Name a value, such as ups.load.";
      if (!isNumber(form.limit)) return "The limit is a number.";
      return form.clear.trim() === "" || isNumber(form.clear) ? null : "The value at which it is over is a number.";
    case "status": return form.statuses.length === 0 ? "Choose a status." : null;
    case "firmware": return form.minimum.trim() === "" && form.allowed.trim() === "" ? "Name the least version, or those that are allowed." : null;
    case "clockSkew": return isNumber(form.seconds) && Number(form.seconds) >= 1 ? null : "The skew is a number of seconds.";
    default: return null;
  }
}

const words = (text: string, separator: RegExp) => text.split(separator).map((each) => each.trim()).filter(Boolean);

function minimumOf(text: string): string | Record<string, string> | undefined {
  const lines = words(text, /\n+/);
  if (lines.length === 0) return undefined;
  if (!lines.some((line) => line.includes(":"))) return lines[0];
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(":")).trim(), line.slice(line.indexOf(":") + 1).trim()]));
}

function condition(form: RuleForm): RuleCondition {
  const duration = form.duration.trim() || undefined;
  switch (form.kind) {
    case "threshold":
      return { threshold: { variable: form.variable.trim(), [form.side]: Number(form.limit), clear: form.clear.trim() === "" ? undefined : Number(form.clear), for: duration } };
    case "noData": return { noData: { variable: form.variable.trim() || undefined, for: duration ?? "" } };
    case "status": return { status: { is: form.statuses, for: duration } };
    case "firmware": {
      const allowed = words(form.allowed, /[,\n]+/);
      return { firmware: { allowed: allowed.length > 0 ? allowed : undefined, minimum: minimumOf(form.minimum) } };
    }
    case "batteryTest": return { batteryTest: { failed: form.failed || undefined, olderThan: duration } };
    case "clockSkew": return { clockSkew: { seconds: Number(form.seconds) } };
    case "expiry": return { expiry: { of: form.of, within: duration ?? "" } };
  }
}

/** What the server is sent. */
export function ruleText(form: RuleForm): RuleText {
  const scope = { ...form.scope, sites: words(form.sites, /[;\n]+/), tags: words(form.tags, /[,\n]+/) };
  return {
    name: form.name.trim(), enabled: form.enabled, severity: form.severity, title: form.title.trim() || null,
    scope: Object.fromEntries(Object.entries(scope).filter(([, list]) => Array.isArray(list) && list.length > 0)), ...condition(form),
  };
}

/** "ups.load" and the like: readings that rules are often about. */
export const commonVariables = [
  "ups.load", "ups.temperature", "battery.charge", "battery.runtime", "battery.voltage", "battery.temperature", "input.voltage", "input.frequency", "output.voltage",
  "output.frequency", "ambient.temperature", "ambient.humidity",
] as const;

/** "2 added, 1 changed."; what is zero is left out. */
export function importRuleWords(result: Pick<RuleImport, "added" | "changed" | "unchanged" | "removed">, isDryRun: boolean): string {
  const counts = [["added", result.added], ["changed", result.changed], ["removed", result.removed], ["unchanged", result.unchanged]] as const;
  const parts = counts.filter(([, number]) => number > 0).map(([word, number]) => `${number.toLocaleString("en-GB")} ${isDryRun && word !== "unchanged" ? `to be ${word}` : word}`);
  return `${parts.join(", ") || "Nothing to do"}.${isDryRun ? " Nothing has been changed yet." : ""}`;
}
