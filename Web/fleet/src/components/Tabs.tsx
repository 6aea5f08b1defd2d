import type { ReactNode } from "react";

export interface Tab { path: string; word: string; count?: number }

/** The parts of a page, each with an address of its own. */
export function Tabs({ label, tabs, current, children }: { label: string; tabs: readonly Tab[]; current: string; children?: ReactNode }) {
  return (
    <div className="tabs-bar">
      <nav className="tabs" aria-label={label}>
        {tabs.map(({ path, word, count }) => (
          <a key={path} href={`#/${path}`} aria-current={path === current ? "page" : undefined}>
            {word}{count !== undefined && count > 0 && <span className="tab-count">{count.toLocaleString("en-GB")}</span>}
          </a>
        ))}
      </nav>
      {children}
    </div>
  );
}
