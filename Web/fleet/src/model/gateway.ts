/** The Modbus gateway's connections, in tones, and its settings as typed. */
import type { CardGateway } from "../types";
import type { Tone } from "./status";

const states: Record<string, [word: string, tone: Tone]> = {
  idle: ["Idle", "muted"], connected: ["Connected", "good"], occupied: ["Occupied by another program", "caution"], unreachable: ["Unreachable", "bad"],
  closed: ["Port can't be opened", "bad"],
};

/** The state of a card's connection, in a word and its tone. */
export function gatewayState(state: string): { word: string; tone: Tone } {
  const [word, tone] = states[state] ?? [state, "muted"];
  return { word, tone };
}

/** What the form holds. `isOn` false: clients don't reach the card. */
export interface GatewayText { isOn: boolean; port: string; unit: string; writes: boolean }

export function gatewayText(gateway: CardGateway | null | undefined): GatewayText {
  return { isOn: Boolean(gateway), port: gateway?.port ? `${gateway.port}` : "", unit: gateway?.unit ? `${gateway.unit}` : "", writes: gateway?.writes ?? false };
}

function within(text: string, most: number): boolean {
  return text.trim() === "" || (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most);
}

/** What is wrong, or null. */
export function gatewayFault(text: GatewayText): string | null {
  if (!text.isOn) return null;
  if (!within(text.port, 65_535)) return "A port is a whole number from 1 to 65535.";
  if (!within(text.unit, 247)) return "A unit is a whole number from 1 to 247.";
  return text.port.trim() === "" && text.unit.trim() === "" ? "Give a port, a unit of the shared port, or both." : null;
}

/** With each field: what a change leaves out stays. */
export function gatewayOf(text: GatewayText): CardGateway | null {
  if (!text.isOn) return null;
  const number = (typed: string) => (typed.trim() === "" ? null : Number(typed));
  return { port: number(text.port), unit: number(text.unit), writes: text.writes };
}
