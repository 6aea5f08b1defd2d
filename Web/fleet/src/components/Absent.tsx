import type { ReactNode } from "react";

/** What stands for a value that is not known: never a zero, never nothing. */
export function Absent() {
  return <span className="absent"><span aria-hidden="true">–</span><span className="visually-hidden">not known</span></span>;
}

/** The value, or the dash. */
export function orDash(value: ReactNode): ReactNode {
  return value === null || value === undefined || value === "" ? <Absent /> : value;
}
