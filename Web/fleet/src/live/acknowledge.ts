/** Acknowledging many alarms, as many at a time as the server takes. */
import { api } from "../api";
import type { BulkAcknowledgement } from "../types/alarms";

const most = 500;

/** What was skipped is told with its reason; alarms in a portion that fails have not been acknowledged, those before it have. */
export async function acknowledgeAll(ids: readonly number[], comment: string): Promise<BulkAcknowledgement> {
  const result: BulkAcknowledgement = { acknowledged: 0, skipped: [] };
  for (let first = 0; first < ids.length; first += most) {
    const portion = ids.slice(first, first + most);
    const { acknowledged, skipped } = await api.create<BulkAcknowledgement>("/alarms/acknowledge", { ids: portion, comment: comment || undefined });
    result.acknowledged += acknowledged;
    result.skipped.push(...skipped);
  }
  return result;
}
