import { useState } from "react";
import { Badge } from "../../components/Badge";
import { LoadedPanel } from "../../components/LoadedPanel";
import { MoreButton } from "../../components/MoreButton";
import { Segments } from "../../components/Segments";
import { SeverityBadge } from "../../components/SeverityBadge";
import { Table } from "../../components/Table";
import { Moment } from "../../components/Times";
import { usePaged } from "../../hooks/usePaged";
import { useRepeat } from "../../hooks/useRequest";
import { placeWord, stateTone, stateWord } from "../../model/alarms";
import type { AlarmState, IncidentMember } from "../../types/alarms";

const refresh = 10_000;
const portion = 50;
const views = [["all", "All"], ["active", "Standing"], ["single", "On their own"], ["cleared", "Cleared"]] as const;
type View = (typeof views)[number][0];

function memberState(member: IncidentMember): AlarmState {
  if (member.clearedAt) return "cleared";
  return member.acknowledged ? "acknowledged" : "raised";
}

/** Those on their own first: they need somebody. */
function urgentFirst(members: readonly IncidentMember[]): IncidentMember[] {
  const rank = (member: IncidentMember) => (member.clearedAt ? 2 : member.singledAt ? 0 : 1);
  return [...members].sort((a, b) => rank(a) - rank(b));
}

function Members({ id, view, onView }: { id: number; view: View; onView: (view: View) => void }) {
  const loaded = usePaged<IncidentMember>(`/incidents/${id}/members?state=${view}`, portion);
  useRepeat(loaded.renew, refresh);
  return (
    <LoadedPanel title="Members" what="the members of incidents" loaded={loaded} action={<Segments label="Which members" options={views} chosen={view} onChange={onView} />}>
      {({ items, hasMore }) => (
        <>
          {items.length === 0 && <p className="quiet">No member is like that.</p>}
          {items.length > 0 && (
            <Table
              label="Members" items={urgentFirst(items)} keyOf={(member) => member.alarm}
              columns={[
                { label: "Card", isHead: true, cell: (member) => (member.card === null ? placeWord(member) : <a href={`#/cards/${member.card}`}>{placeWord(member)}</a>) },
                { label: "Alarm", cell: (member) => <a href={`#/alarms/${member.alarm}`}>{member.title}</a> },
                { label: "Severity", cell: (member) => <SeverityBadge severity={member.severity} isPast={member.clearedAt !== null} /> },
                {
                  label: "State",
                  cell: (member) => (
                    <span className="row-actions">
                      <Badge tone={stateTone[memberState(member)]}>{stateWord[memberState(member)]}</Badge>
                      {member.shelved && !member.clearedAt && <Badge tone="muted">Shelved</Badge>}
                      {member.singledAt && <Badge tone={member.clearedAt ? "muted" : "bad"}>On its own</Badge>}
                    </span>
                  ),
                },
                { label: "Joined", cell: (member) => <Moment at={member.joinedAt} /> },
                { label: "Cleared", cell: (member) => member.clearedAt && <Moment at={member.clearedAt} /> },
              ]}
            />
          )}
          <MoreButton hasMore={hasMore} onMore={loaded.more} />
        </>
      )}
    </LoadedPanel>
  );
}

/** The alarms of an incident. */
export function IncidentMembers({ id }: { id: number }) {
  const [view, setView] = useState<View>("all");
  return <Members key={view} id={id} view={view} onView={setView} />;
}
