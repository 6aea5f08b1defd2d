import { useState } from "react";
import { Badge } from "../../components/Badge";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { Moment } from "../../components/Times";
import { useList, useRepeat } from "../../hooks/useRequest";
import { useTimeText } from "../../live/clock";
import { useRole } from "../../live/session";
import { hoursWords } from "../../model/hours";
import { scopeWords, windowPhase } from "../../model/routes";
import type { Tone } from "../../model/status";
import type { MaintenanceWindow } from "../../types/notifications";
import { WindowDialog } from "./WindowDialog";

const phases: Record<ReturnType<typeof windowPhase>, { word: string; tone: Tone }> = {
  weekly: { word: "Weekly", tone: "info" }, planned: { word: "Planned", tone: "info" }, open: { word: "Open now", tone: "caution" }, over: { word: "Over", tone: "muted" },
};

/** Weekly windows open and close by themselves. */
const refresh = 30_000;

function Phase({ window }: { window: MaintenanceWindow }) {
  const { word, tone } = phases[useTimeText((now) => windowPhase(window, now)) as keyof typeof phases];
  return <Badge tone={tone}>{word}</Badge>;
}

function When({ window: { from, until, weekly } }: { window: MaintenanceWindow }) {
  if (weekly) return <>{hoursWords(weekly)}</>;
  return <>{from ? <Moment at={from} /> : "now"} – {until ? <Moment at={until} /> : "no end"}</>;
}

/** Times in which nobody is told, because work is under way. */
export function WindowPanel() {
  const isOperator = useRole("operator");
  const loaded = useList<MaintenanceWindow>("/notifications/windows");
  useRepeat(loaded.isMissing ? null : loaded.renew, refresh);
  const [edited, setEdited] = useState<MaintenanceWindow | "new" | null>(null);
  const [doomed, setDoomed] = useState<MaintenanceWindow | null>(null);
  return (
    <LoadedPanel
      title="Maintenance windows" what="maintenance windows" loaded={loaded}
      hint="While one is open nobody is told of its cards; alarms are raised and shown all the same. What still stands at its end is told then."
      action={isOperator && <button type="button" className="button" onClick={() => setEdited("new")}>Add a window…</button>}
    >
      {(windows) => (
        <>
          {windows.length === 0 && <p className="quiet">No maintenance windows.</p>}
          {windows.length > 0 && (
            <Table
              label="Maintenance windows" items={windows} keyOf={(window) => window.id}
              columns={[
                { label: "Window", isHead: true, cell: (window) => window.name },
                { label: "For", cell: scopeWords },
                { label: "When", cell: (window) => <When window={window} /> },
                { label: "State", cell: (window) => <Phase window={window} /> },
              ]}
              actions={isOperator ? (window) => <EditButtons name={window.name} onEdit={() => setEdited(window)} onDelete={() => setDoomed(window)} /> : undefined}
            />
          )}
          {edited && <WindowDialog window={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={loaded.reload} />}
          {doomed && (
            <Deletion path={`/notifications/windows/${doomed.id}`} name={doomed.name} noun="window" onDeleted={loaded.reload} onClose={() => setDoomed(null)}>
              <p>If it is open, what it has held back is told now.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
