import { look } from "../model/status";
import type { Status } from "../types";
import { Icon } from "./Icon";

/** A status as colour, icon and word. */
export function StatusBadge({ status }: { status: Status }) {
  const { word, tone, icon, meaning } = look(status);
  return (
    <span className="badge" data-tone={tone} title={meaning}>
      <Icon name={icon} />
      {word}
    </span>
  );
}
