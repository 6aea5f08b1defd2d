import { useCallback } from "react";
import { list } from "../api";
import { useRole } from "../live/session";
import type { Channel } from "../types/notifications";
import { useRequest } from "./useRequest";

const none: Channel[] = [];

/** The channels, for those who may know them; none for others, and until they are read. */
export function useChannels(): readonly Channel[] {
  const isOperator = useRole("operator");
  const read = useCallback(async (signal: AbortSignal) => (isOperator ? list<Channel>("/notifications/channels", signal) : none), [isOperator]);
  return useRequest(read).value ?? none;
}
