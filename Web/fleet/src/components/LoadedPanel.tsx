import { useId, type ReactNode } from "react";
import type { Loaded } from "../hooks/useRequest";
import { ErrorNote } from "./ErrorNote";

interface Props<Value> {
  title: string;
  /** A line on what this is for. */
  hint?: ReactNode;
  action?: ReactNode;
  loaded: Loaded<Value>;
  /** "sites": for the sentence that says that this server has none to offer. */
  what: string;
  children: (value: Value) => ReactNode;
}

/** A panel about something that is read from the server, with words for every state that this may be in. */
export function LoadedPanel<Value>({ title, hint, action, loaded, what, children }: Props<Value>) {
  const id = useId();
  const { value, error, isMissing, reload } = loaded;
  return (
    <section className="panel" aria-labelledby={id} aria-busy={value === undefined && error === null && !isMissing}>
      <div className="section-head"><h2 id={id}>{title}</h2>{!isMissing && action}</div>
      {hint && <p className="quiet">{hint}</p>}
      <ErrorNote text={error} retry={reload} />
      {isMissing && <Missing what={what} />}
      {value === undefined && error === null && !isMissing && <p className="quiet" role="status">Reading…</p>}
      {value !== undefined && !isMissing && children(value)}
    </section>
  );
}

/** For a server that is older than this page. */
export function Missing({ what }: { what: string }) {
  return <p className="quiet" role="status">This server does not offer {what} yet. A newer one does.</p>;
}
