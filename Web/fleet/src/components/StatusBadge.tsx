import { look } from "../model/status";
import type { Status } from "../types";
import { Icon } from "./Icon";

/** A status as colour, icon and word. One that is not fresh is hatched: nobody takes it for a state of the device. */
export function StatusBadge({ status, reason }: { status: Status; reason?: string | null }) {
  const { word, tone, icon, meaning } = look(status);
  return (
    <span className="badge" data-tone={tone} data-fresh={isFresh(status) ? undefined : "no"} title={reason ?? meaning}>
      <Icon name={icon} />
      {word}
    </span>
  );
}

/** Whether a status tells of the device at all: a silent card and an unknown state tell nothing. */
export function isFresh(status: Status): boolean {
  return status !== "unreachable" && status !== "unknown";
}
