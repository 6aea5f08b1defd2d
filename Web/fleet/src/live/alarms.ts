/** The alarms that stand: read while somebody looks at them, and kept current by events. And how many wait, for the menu. */
import { api, pages, Problem, sentence } from "../api";
import { stream } from "../events";
import { AlarmBook } from "../model/alarmBook";
import type { StreamEvents } from "../types";
import type { Alarm, AlarmSummary } from "../types/alarms";
import { fleet } from "./feed";
import { Reader } from "./reader";
import { Signal } from "./signal";

export const alarmBook = new AlarmBook();

export interface BookState { error: string | null; isMissing: boolean }
export const bookState = new Signal<BookState>({ error: null, isMissing: false });

/** Undefined until known, null where the server has none to tell. */
export const alarmSummary = new Signal<AlarmSummary | null | undefined>(undefined);

/** In a storm the details of what events told are read so often, milliseconds; the rows themselves are there at once. */
const detailPause = 2_000;
const refreshInterval = 60_000;

const reader = new Reader();
let detailTimer: ReturnType<typeof setTimeout> | undefined;

async function read(signal: AbortSignal): Promise<void> {
  const intake = alarmBook.beginList();
  try {
    for await (const page of pages<Alarm>("/alarms?state=open", signal)) intake.add(page);
    intake.finish();
    bookState.write({ error: null, isMissing: false });
  } catch (error) {
    if (signal.aborted) return;
    const isMissing = error instanceof Problem && error.status === 404;
    bookState.write({ error: isMissing ? null : sentence(error), isMissing });
  }
}

function take(events: readonly StreamEvents["alarm"][]): void {
  if (alarmBook.apply(events, (card) => fleet.card(card))) detailTimer ??= setTimeout(readDetails, detailPause);
}

function readDetails(): void {
  detailTimer = undefined;
  reader.reload();
}

/** Keeps the book until the returned function is called. */
export function followAlarms(): () => void {
  const stops = [stream.subscribe("alarm", take), stream.onOpened(reader.reload)];
  const timer = setInterval(() => stream.isAwake && reader.renew(), refreshInterval);
  reader.begin(read);
  return () => {
    for (const stop of stops) stop();
    clearInterval(timer);
    clearTimeout(detailTimer);
    detailTimer = undefined;
    reader.end();
    alarmBook.clear();
    bookState.write({ error: null, isMissing: false });
  };
}

export function refreshAlarms(): void {
  reader.reload();
  summaryReader.reload();
}

const summaryReader = new Reader();
const summaryPause = 1_000;
let summaryTimer: ReturnType<typeof setTimeout> | undefined;

async function readSummary(signal: AbortSignal): Promise<void> {
  try {
    const summary = await api.read<AlarmSummary>("/alarms/summary", signal);
    if (!signal.aborted) alarmSummary.write(summary);
  } catch (error) {
    // A number that may be old is none.
    if (!signal.aborted) alarmSummary.write(error instanceof Problem && error.status === 404 ? null : undefined);
  }
}

let summaryStops: (() => void)[] = [];

export function startAlarmSummary(): void {
  stopAlarmSummary();
  const soon = () => {
    summaryTimer ??= setTimeout(() => {
      summaryTimer = undefined;
      summaryReader.reload();
    }, summaryPause);
  };
  const timer = setInterval(() => stream.isAwake && alarmSummary.read() !== null && summaryReader.renew(), refreshInterval);
  summaryStops = [
    stream.subscribe("alarm", () => alarmSummary.read() !== null && soon()),
    stream.onOpened(summaryReader.reload),
    () => clearInterval(timer),
    () => clearTimeout(summaryTimer),
  ];
  summaryReader.begin(readSummary);
}

export function stopAlarmSummary(): void {
  for (const stop of summaryStops) stop();
  summaryStops = [];
  summaryTimer = undefined;
  summaryReader.end();
  alarmSummary.write(undefined);
}
