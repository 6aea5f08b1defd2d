import { useCallback, useSyncExternalStore } from "react";

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  const watch = useCallback((changed: () => void) => {
    const list = window.matchMedia(query);
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  }, [query]);
  return useSyncExternalStore(watch, () => window.matchMedia(query).matches);
}

/** Below this width lists become stacks of small cards; the style sheets use the same width. */
export const narrow = "(max-width: 760px)";
