import { useCallback } from "react";
import { api } from "../../api";
import { useRepeat, useRequest, type Loaded } from "../../hooks/useRequest";
import { useStream } from "../../hooks/useStream";
import type { AlarmWithEvents } from "../../types/alarms";

/** What no event tells, such as a comment of somebody else's. */
const refresh = 15_000;

/** One alarm with what happened to it, kept current. */
export function useAlarm(id: number): Loaded<AlarmWithEvents> {
  const loaded = useRequest(useCallback((signal: AbortSignal) => api.read<AlarmWithEvents>(`/alarms/${id}`, signal), [id]));
  const { value, reload } = loaded;
  useStream("alarm", (batch) => {
    if (batch.some((event) => (event.id === undefined ? event.card === value?.card && event.name === value?.name : event.id === id))) reload();
  });
  useRepeat(loaded.renew, refresh);
  return loaded;
}
