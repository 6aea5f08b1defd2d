import { Badge } from "../../components/Badge";
import type { Incident } from "../../types/alarms";

/** Where an incident is in its life. */
export function IncidentBadge({ incident }: { incident: Incident }) {
  if (incident.state === "ended") return <Badge tone="muted">Ended</Badge>;
  return incident.acknowledgedAt ? <Badge tone="info">Acknowledged</Badge> : <Badge tone="bad">Open</Badge>;
}
