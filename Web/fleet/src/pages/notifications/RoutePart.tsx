import { useState } from "react";
import { Badge } from "../../components/Badge";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { useChannels } from "../../hooks/useChannels";
import { useList } from "../../hooks/useRequest";
import { useRole } from "../../live/session";
import { mannerWords, matchWords } from "../../model/routes";
import type { NotificationRoute } from "../../types/notifications";
import { PreviewPanel } from "./PreviewPanel";
import { RouteDialog } from "./RouteDialog";

/** Who is told of what: all routes that match, in their order, until one says stop. */
export function RoutePart() {
  const isOperator = useRole("operator");
  const loaded = useList<NotificationRoute>("/notifications/routes");
  const channels = useChannels();
  const [edited, setEdited] = useState<NotificationRoute | "new" | null>(null);
  const [doomed, setDoomed] = useState<NotificationRoute | null>(null);
  const channelName = (id: number) => channels.find((channel) => channel.id === id)?.name ?? `channel ${id}`;
  const after = (routes: readonly NotificationRoute[]) => Math.max(0, ...routes.map((route) => route.position)) + 1;
  return (
    <>
      <LoadedPanel
        title="Routes" what="notification routes" loaded={loaded} hint="All routes that match tell their channels, in their order, until one says that it is the last."
        action={isOperator && <button type="button" className="button" onClick={() => setEdited("new")}>Add a route…</button>}
      >
        {(routes) => (
          <>
            {routes.length === 0 && <p className="quiet">No routes: what is a warning or worse goes to every channel that is on.</p>}
            {routes.length > 0 && (
              <Table
                label="Routes" items={[...routes].sort((a, b) => a.position - b.position)} keyOf={(route) => route.id}
                columns={[
                  { label: "Position", isNumber: true, cell: (route) => route.position },
                  { label: "Route", isHead: true, cell: (route) => <>{route.name} {!route.isEnabled && <Badge tone="muted">Off</Badge>}</> },
                  { label: "For", cell: matchWords },
                  { label: "Tells", cell: (route) => route.channels.map(channelName).join(", ") },
                  { label: "How", cell: (route) => mannerWords(route, channelName).join("; ") || "at once" },
                ]}
                actions={isOperator ? (route) => <EditButtons name={route.name} onEdit={() => setEdited(route)} onDelete={() => setDoomed(route)} /> : undefined}
              />
            )}
            {edited && <RouteDialog route={edited === "new" ? null : edited} position={after(routes)} channels={channels} onClose={() => setEdited(null)} onSaved={loaded.reload} />}
            {doomed && (
              <Deletion path={`/notifications/routes/${doomed.id}`} name={doomed.name} noun="route" onDeleted={loaded.reload} onClose={() => setDoomed(null)}>
                <p>Whom only this route tells is told no longer. Without any route, what is a warning or worse goes to every channel.</p>
              </Deletion>
            )}
          </>
        )}
      </LoadedPanel>
      {isOperator && <PreviewPanel channelName={channelName} />}
    </>
  );
}
