import { memo } from "react";
import { orDash } from "../../components/Absent";
import { SeverityBadge } from "../../components/SeverityBadge";
import { Ago } from "../../components/Times";
import { placeWord, sourceWord } from "../../model/alarms";
import type { Alarm } from "../../types/alarms";
import { AlarmStateBadge } from "./AlarmStateBadge";

interface Props {
  alarm: Alarm; index: number; top: number; isActive: boolean; isSelected: boolean; canSelect: boolean; isStale: boolean;
  onToggle: (id: number) => void; onPoint: (index: number) => void;
}

/** One alarm of the list. Only what waits for somebody can be ticked. */
export const AlarmRow = memo(function AlarmRow({ alarm, index, top, isActive, isSelected, canSelect, isStale, onToggle, onPoint }: Props) {
  const { id, card, title, detail } = alarm;
  return (
    <div
      role="row" id={`alarm-row-${id}`} className="alarm-row" data-active={isActive || undefined} data-stale={isStale ? "page" : undefined}
      data-state={alarm.state} aria-rowindex={index + 2} aria-selected={isSelected} style={{ transform: `translateY(${top}px)` }} onClick={() => onPoint(index)}
    >
      <div role="gridcell" className="cell cell-select">
        {canSelect && alarm.state === "raised" && (
          <input type="checkbox" tabIndex={-1} aria-label={`Select ${title} of ${placeWord(alarm)}`} checked={isSelected} onChange={() => onToggle(id)} />
        )}
      </div>
      <div role="gridcell" className="cell cell-severity"><SeverityBadge severity={alarm.severity} isPast={alarm.state === "cleared"} /></div>
      <div role="gridcell" className="cell cell-title" title={detail ?? undefined}>
        <a href={`#/alarms/${id}`} tabIndex={-1}>{title}</a>{detail && <span className="quiet"> {detail}</span>}
      </div>
      <div role="gridcell" className="cell cell-card">
        {card === null ? placeWord(alarm) : <a href={`#/cards/${card}`} tabIndex={-1}>{placeWord(alarm)}</a>}
      </div>
      <div role="gridcell" className="cell cell-site">{orDash(alarm.site)}</div>
      <div role="gridcell" className="cell cell-state"><AlarmStateBadge alarm={alarm} /></div>
      <div role="gridcell" className="cell cell-source">{sourceWord(alarm.source)}</div>
      <div role="gridcell" className="cell cell-since"><Ago at={alarm.since} /></div>
    </div>
  );
});
