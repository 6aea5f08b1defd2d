import { useCallback, useEffect, useRef } from "react";
import { useActiveRow } from "../../hooks/useActiveRow";
import { narrow, useMedia } from "../../hooks/useMedia";
import { useIsStale } from "../../hooks/useStream";
import { useVirtualRows } from "../../hooks/useVirtualRows";
import { go } from "../../live/route";
import type { Alarm } from "../../types/alarms";
import { AlarmRow } from "./AlarmRow";

interface Props { alarms: readonly Alarm[]; canSelect: boolean; chosen: ReadonlySet<number>; onChoose: (chosen: ReadonlySet<number>) => void }

const columns = [["severity", "Severity"], ["title", "Alarm"], ["card", "Card"], ["site", "Site"], ["state", "State"], ["source", "Source"], ["since", "Since"]] as const;

function Head({ canSelect, state, onChooseAll }: { canSelect: boolean; state: "none" | "some" | "all"; onChooseAll: () => void }) {
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (box.current) box.current.indeterminate = state === "some";
  }, [state]);
  return (
    <div role="row" className="alarm-row alarm-row-head" aria-rowindex={1}>
      <div role="columnheader" className="cell cell-select">
        {canSelect
          ? <input ref={box} type="checkbox" aria-label="Select all raised alarms shown" checked={state === "all"} onChange={onChooseAll} />
          : <span className="visually-hidden">Selection</span>}
      </div>
      {columns.map(([key, word]) => <div key={key} role="columnheader" className={`cell cell-${key}`}>{word}</div>)}
    </div>
  );
}

/** The list of alarms: only the rows near the window exist. One tab stop; arrows move, Enter opens, space selects. */
export function AlarmGrid({ alarms, canSelect, chosen, onChoose }: Props) {
  const rowHeight = useMedia(narrow) ? 92 : 40;
  const isStale = useIsStale();
  const body = useRef<HTMLDivElement>(null);
  const { first, last } = useVirtualRows(body, alarms.length, rowHeight);
  const newest = useRef(chosen);
  newest.current = chosen;
  const toggle = useCallback((id: number) => {
    const next = new Set(newest.current);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  }, [onChoose]);
  const raised = alarms.filter((alarm) => alarm.state === "raised");
  const toggleRaised = (id: number) => raised.some((alarm) => alarm.id === id) && toggle(id);
  const { id: active, index: activeIndex, mark, point, press } = useActiveRow(alarms, { open: (id) => go(`alarms/${id}`), toggle: canSelect ? toggleRaised : undefined });
  const chosenCount = raised.reduce((sum, alarm) => sum + (chosen.has(alarm.id) ? 1 : 0), 0);
  const state = chosenCount === 0 ? "none" : chosenCount === raised.length ? "all" : "some";
  return (
    <div
      className="alarm-grid" role="grid" aria-label="Alarms" aria-multiselectable={canSelect} tabIndex={0} aria-rowcount={alarms.length + 1}
      aria-colcount={columns.length + 1} onKeyDown={press}
      aria-activedescendant={activeIndex >= first && activeIndex < last ? `alarm-row-${active}` : undefined}
    >
      <Head canSelect={canSelect} state={state} onChooseAll={() => onChoose(new Set(state === "all" ? [] : raised.map(({ id }) => id)))} />
      <div ref={body} role="rowgroup" className="alarm-grid-body" style={{ height: `${alarms.length * rowHeight}px` }}>
        <div
          ref={mark} role="presentation" className="card-grid-mark"
          style={{ transform: `translateY(${Math.max(0, activeIndex) * rowHeight}px)`, height: `${rowHeight}px` }}
        />
        {alarms.slice(first, last).map((alarm, offset) => (
          <AlarmRow
            key={alarm.id} alarm={alarm} index={first + offset} top={(first + offset) * rowHeight} isActive={alarm.id === active} isStale={isStale}
            isSelected={chosen.has(alarm.id)} canSelect={canSelect} onToggle={toggle} onPoint={point}
          />
        ))}
      </div>
    </div>
  );
}
