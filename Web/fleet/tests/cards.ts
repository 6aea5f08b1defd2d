import type { Card } from "../src/types";

/** A card with what a test cares about. */
export function card(id: number, fields: Partial<Card> = {}): Card {
  return {
    id, name: `Rack ${id}`, mac: null, serial: null, address: `10.0.0.${id}`, webPort: null, outputSource: "inverter", transfer: null, generation: "NV8", kind: "ups", model: null, firmware: null,
    agent: null, status: "normal", site: null, tags: [], lastSeen: null, alarmCount: 0, summary: {}, location: null,
    createdAt: "2026-01-01T00:00:00Z", problem: null, warnings: [], ...fields,
  };
}
