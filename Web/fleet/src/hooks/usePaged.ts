import { useCallback, useState } from "react";
import { api } from "../api";
import type { Page } from "../types";
import { useRequest, type Loaded } from "./useRequest";

export interface PagedItems<Item> { items: Item[]; hasMore: boolean }
export interface Paged<Item> extends Loaded<PagedItems<Item>> {
  /** Shows a portion more. */
  more: () => void;
}

/** The beginning of a list that may be endless, in portions; reading again reads as many as are shown. Key the component by `path`. */
export function usePaged<Item>(path: string, portion = 200): Paged<Item> {
  const [wanted, setWanted] = useState(portion);
  const read = useCallback(async (signal: AbortSignal) => {
    const items: Item[] = [];
    let cursor: string | null = null;
    do {
      const query: string = `limit=${portion}${cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`}`;
      const page: Page<Item> = await api.read(`${path}${path.includes("?") ? "&" : "?"}${query}`, signal);
      items.push(...page.items);
      cursor = page.next ?? null;
    } while (cursor !== null && items.length < wanted);
    return { items, hasMore: cursor !== null };
  }, [path, portion, wanted]);
  return { ...useRequest(read), more: useCallback(() => setWanted((n) => n + portion), [portion]) };
}
