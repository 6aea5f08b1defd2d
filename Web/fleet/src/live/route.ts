/** Where we are, as a signal. */
import { href, parseRoute, type Route } from "../model/url";
import { Signal, useSignal } from "./signal";

const route = new Signal<Route>(parseRoute(location.hash));
window.addEventListener("hashchange", () => route.write(parseRoute(location.hash)));

export function useRoute(): Route {
  return useSignal(route);
}

export function go(path: string, query?: URLSearchParams): void {
  location.hash = href(path, query);
}

/** Changes the address without a new step in the history: for filters, which change with every key. */
export function replace(path: string, query: URLSearchParams): void {
  history.replaceState(null, "", href(path, query));
  route.write(parseRoute(location.hash));
}
