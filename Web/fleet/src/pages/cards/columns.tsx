import type { ReactNode } from "react";
import { orDash } from "../../components/Absent";
import { Icon } from "../../components/Icon";
import { batteryTone, loadTone, Meter } from "../../components/Meter";
import { StatusBadge } from "../../components/StatusBadge";
import { Ago } from "../../components/Times";
import { duration } from "../../model/format";
import type { SortKey } from "../../model/sort";
import { kindWord } from "../../model/transfer";
import type { Card } from "../../types";

export interface Column { key: SortKey; label: string; cell: (card: Card) => ReactNode }

/** The list's columns; each sorts by its key. What is not known is a dash. */
export const columns: readonly Column[] = [
  { key: "status", label: "Status", cell: (card) => <StatusBadge status={card.status} reason={card.problem} /> },
  { key: "name", label: "Name", cell: (card) => <Name card={card} /> },
  { key: "site", label: "Site", cell: (card) => orDash(card.site) },
  { key: "model", label: "Model", cell: (card) => <Model card={card} /> },
  { key: "address", label: "Address", cell: (card) => <span className="mono">{card.address}</span> },
  { key: "generation", label: "Generation", cell: (card) => card.generation },
  { key: "firmware", label: "Firmware", cell: (card) => orDash(card.firmware) },
  { key: "load", label: "Load", cell: (card) => <Meter value={card.summary["ups.load"]} tone={loadTone(card.summary["ups.load"])} /> },
  {
    key: "battery", label: "Battery",
    cell: (card) => <Meter value={card.summary["battery.charge"]} tone={batteryTone(card.summary["battery.charge"])} />,
  },
  { key: "runtime", label: "Runtime", cell: (card) => orDash(runtime(card.summary["battery.runtime"])) },
  {
    key: "alarms", label: "Alarms",
    cell: (card) => (card.alarmCount > 0 ? <span className="alarm-count">{card.alarmCount}<span className="only-narrow"> alarm{card.alarmCount === 1 ? "" : "s"}</span></span> : null),
  },
  { key: "lastSeen", label: "Answered", cell: (card) => <Ago at={card.lastSeen} /> },
];

/** A warning about the card is told beside its name. */
function Name({ card }: { card: Card }) {
  const warning = card.warnings?.join(" ");
  return (
    <>
      <a href={`#/cards/${card.id}`} tabIndex={-1}>{card.name}</a>
      {warning && <span className="name-warning" title={warning}><Icon name="warning" /><span className="visually-hidden">{warning}</span></span>}
    </>
  );
}

/** Nearly all cards are of UPSs: the kind is told where it is another. */
function Model({ card }: { card: Card }) {
  return <>{card.kind !== "ups" && <span className="kind">{kindWord(card.kind)}</span>}{orDash(card.model)}</>;
}

function runtime(seconds: number | undefined): string | null {
  return seconds === undefined ? null : duration(seconds);
}
