/** Rules of the server's own: what of the values is an alarm. */
import type { Severity } from "../types";

export interface RuleScope { sites?: string[]; tags?: string[]; cards?: string[]; models?: string[]; generations?: string[]; kinds?: string[] }

/** One of them. Durations as "90s", "5m", "2h", "30d". */
export interface RuleCondition {
  threshold?: { variable: string; above?: number; below?: number; clear?: number; for?: string };
  noData?: { variable?: string; for: string };
  status?: { is: string[]; for?: string };
  /** The least version, of all or of each generation. */
  firmware?: { allowed?: string[]; minimum?: string | Record<string, string> };
  batteryTest?: { failed?: boolean; olderThan?: string };
  clockSkew?: { seconds: number };
  expiry?: { of: "password" | "certificate"; within: string };
}
export type ConditionKind = keyof RuleCondition;

/** As it is written: the condition stands among the other keys. */
export interface RuleText extends RuleCondition { name: string; enabled?: boolean; severity?: Severity; title?: string | null; scope?: RuleScope }

export interface AlarmRule extends RuleCondition {
  id: number;
  name: string;
  enabled: boolean;
  severity: Severity;
  title: string | null;
  scope: RuleScope;
  /** What its alarms are called, and what an operator reads. */
  alarm?: string;
  alarmTitle?: string;
  /** Cards that have the alarm now. */
  activeAlarms?: number;
  /** What can't be watched, and why; a sentence each. */
  notes?: string[];
  changedAt?: string;
  changedBy?: string | null;
}

export interface RuleFault { line: number | null; column?: number | null; detail: string }
export interface RuleImport {
  items: { name: string; action: string }[];
  added: number;
  changed: number;
  unchanged: number;
  removed: number;
  isRehearsal: boolean;
  notes: string[];
}

export interface DryRunCard { card: number; name: string; fired: number; longestSeconds: number | null; firstAt: string | null }
export interface RuleDryRun { fired: number; cards: DryRunCard[]; text: string; notes: string[] }
