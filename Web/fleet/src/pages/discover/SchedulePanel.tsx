import { useState } from "react";
import { api, sentence } from "../../api";
import { Deletion, EditButtons } from "../../components/Deletion";
import { LoadedPanel } from "../../components/LoadedPanel";
import { Table } from "../../components/Table";
import { Until } from "../../components/Times";
import { useList, useRepeat } from "../../hooks/useRequest";
import { notify } from "../../live/notices";
import { useRole } from "../../live/session";
import { discoveryTitle, methodList } from "../../model/discovery";
import { duration } from "../../model/format";
import type { DiscoverySchedule } from "../../types/discovery";
import { ScheduleDialog } from "./ScheduleDialog";

const refresh = 20_000;

/** Searches that start by themselves. */
export function SchedulePanel() {
  const isOperator = useRole("operator");
  const loaded = useList<DiscoverySchedule>("/discovery-schedules");
  const [edited, setEdited] = useState<DiscoverySchedule | "new" | null>(null);
  const [doomed, setDoomed] = useState<DiscoverySchedule | null>(null);
  useRepeat(loaded.renew, refresh);
  const toggle = async (schedule: DiscoverySchedule) => {
    try {
      await api.change(`/discovery-schedules/${schedule.id}`, { isEnabled: !schedule.isEnabled });
    } catch (error) {
      notify(sentence(error), "bad");
    }
    loaded.reload();
  };
  return (
    <LoadedPanel
      title="Schedules" what="scheduled searches" loaded={loaded} hint="Searches that are repeated by themselves: new cards appear, and cards that moved are found again."
      action={isOperator && <button type="button" className="button" onClick={() => setEdited("new")}>Add a schedule…</button>}
    >
      {(schedules) => (
        <>
          {schedules.length === 0 && <p className="quiet">No schedules. Without one, searches run only when somebody starts them.</p>}
          {schedules.length > 0 && (
            <Table
              label="Schedules" items={schedules} keyOf={(schedule) => schedule.id}
              columns={[
                { label: "On", cell: (schedule) => <input type="checkbox" role="switch" aria-label={`${schedule.name} is on`} disabled={!isOperator} checked={schedule.isEnabled} onChange={() => void toggle(schedule)} /> },
                { label: "Schedule", isHead: true, cell: (schedule) => schedule.name },
                { label: "Where", isMono: true, cell: discoveryTitle },
                { label: "Methods", cell: (schedule) => (schedule.methods ? methodList(schedule.methods) : "all that fit the ranges") },
                { label: "Every", cell: (schedule) => duration(schedule.minutes * 60) },
                { label: "Found cards", cell: (schedule) => (schedule.accept ? "are added" : "wait for review") },
                { label: "Next", cell: (schedule) => (schedule.isEnabled && schedule.nextAt ? <Until at={schedule.nextAt} /> : null) },
                { label: "Last", cell: (schedule) => schedule.lastDiscovery && <a href={`#/discover/${schedule.lastDiscovery}`}>Search {schedule.lastDiscovery}</a> },
              ]}
              actions={isOperator ? (schedule) => <EditButtons name={schedule.name} onEdit={() => setEdited(schedule)} onDelete={() => setDoomed(schedule)} /> : undefined}
            />
          )}
          {edited && <ScheduleDialog schedule={edited === "new" ? null : edited} onClose={() => setEdited(null)} onSaved={loaded.reload} />}
          {doomed && (
            <Deletion path={`/discovery-schedules/${doomed.id}`} name={doomed.name} noun="schedule" onDeleted={loaded.reload} onClose={() => setDoomed(null)}>
              <p>The search is no longer repeated. What it has found stays.</p>
            </Deletion>
          )}
        </>
      )}
    </LoadedPanel>
  );
}
