import { useEffect, type ReactNode } from "react";

/** A page's title, also the window's, and its main actions. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · NVFleet`;
  }, [title]);
  return (
    <div className="page-head">
      <h1>{title}</h1>
      <div className="page-actions">{children}</div>
    </div>
  );
}
