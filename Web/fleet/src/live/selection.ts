/** The cards ticked in the list. Kept for the browser tab, so that "Upgrade firmware…" survives a reload. */
import { Signal } from "./signal";

const key = "nvfleet.selection";

function stored(): Set<number> {
  try {
    const ids: unknown = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return new Set(Array.isArray(ids) ? ids.filter((id): id is number => typeof id === "number") : []);
  } catch {
    return new Set();
  }
}

export const selection = new Signal<ReadonlySet<number>>(stored());

selection.watch(() => {
  try {
    sessionStorage.setItem(key, JSON.stringify([...selection.read()]));
  } catch {
    // Storage is full or forbidden: the selection then lasts until the reload.
  }
});

export function toggleSelected(id: number): void {
  const next = new Set(selection.read());
  if (!next.delete(id)) next.add(id);
  selection.write(next);
}

/** Cards that are gone can't be chosen. */
export function deselect(ids: readonly number[]): void {
  const next = new Set(selection.read());
  if (ids.filter((id) => next.delete(id)).length > 0) selection.write(next);
}
