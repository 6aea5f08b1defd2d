import { useTimeText } from "../live/clock";
import { ago, moment, until } from "../model/format";

/** "12 s ago", kept current; the exact moment on hover. */
export function Ago({ at }: { at: string | null }) {
  const text = useTimeText((now) => ago(at, now));
  return at ? <time dateTime={at} title={new Date(at).toLocaleString("en-GB")}>{text}</time> : <span>{text}</span>;
}

/** "14:05:12" today, with the date otherwise. */
export function Moment({ at }: { at: string | number }) {
  const text = useTimeText((now) => moment(at, now));
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? <span>{text}</span> : <time dateTime={date.toISOString()} title={date.toLocaleString("en-GB")}>{text}</time>;
}

/** "in 8 s", kept current; the exact moment on hover. */
export function Until({ at }: { at: string | null }) {
  const text = useTimeText((now) => until(at, now));
  return at ? <time dateTime={at} title={new Date(at).toLocaleString("en-GB")}>{text}</time> : <span>{text}</span>;
}
