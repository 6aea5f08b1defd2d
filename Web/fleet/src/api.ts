/** The only place that talks HTTP. Everything it throws is a `Problem` (or an AbortError of the caller's own signal). */
import type { FieldError, Page, ProblemDocument } from "./types";

const base = "/api/v1";

/** A request that did not succeed, with a sentence for the operator as its message. `status` 0: no answer at all. */
export class Problem extends Error {
  constructor(readonly status: number, sentence: string, readonly fields: FieldError[] = [], readonly retryAfter?: number) {
    super(sentence);
    this.name = "Problem";
  }
}

let signedOut: () => void = () => undefined;

/** Calls `handler` whenever the server answers 401 to anything but a login: the session has ended. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

const sentences: Record<number, string> = {
  0: "The fleet server does not answer. Check the network and try again.",
  401: "Your session has ended. Please sign in again.",
  403: "Your role does not allow this.",
  404: "This does not exist (any more).",
  413: "The file is larger than the server accepts.",
  429: "Too many attempts. Please wait a little.",
};

function problem(status: number, document: ProblemDocument | null, retryAfter: string | null): Problem {
  const sentence = document?.detail || document?.title || sentences[status] || `The server answered with an error (${status}).`;
  return new Problem(status, sentence, document?.errors ?? [], retryAfter === null ? undefined : Number(retryAfter));
}

function parse<T>(text: string): T | null {
  try {
    return JSON.parse(text) as T;
  } catch {
    return null;
  }
}

export interface SendOptions {
  body?: unknown;
  /** A body that is no JSON: sent as it is, with its type. */
  text?: { type: string; content: string };
  signal?: AbortSignal;
  idempotencyKey?: string;
}

/** A server that lives answers any reading within this time, milliseconds. */
const patience = 10_000;
/** Long documents, such as a year's history, take longer. */
export const longPatience = 60_000;

/** The work with a signal that ends it when the caller wants so, or when the time is over: then with a `Problem`. */
async function within<Answer>(milliseconds: number, signal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
  const controller = new AbortController();
  const end = () => controller.abort();
  const timer = setTimeout(end, milliseconds);
  signal?.addEventListener("abort", end);
  if (signal?.aborted) end();
  try {
    return await work(controller.signal);
  } catch (error) {
    throw error instanceof Problem || signal?.aborted ? error : problem(0, null, null);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

async function request(method: string, path: string, options: SendOptions, accept = "application/json"): Promise<Response> {
  const headers: Record<string, string> = { Accept: accept };
  // The server's guard against cross-site requests: a foreign page can't set this header.
  if (method !== "GET") headers["X-NVFleet-Request"] = "1";
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (options.idempotencyKey) headers["Idempotency-Key"] = options.idempotencyKey;
  if (options.text) headers["Content-Type"] = options.text.type;
  const body = options.text?.content ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  try {
    return await fetch(base + path, { method, headers, body, signal: options.signal, credentials: "same-origin" });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw problem(0, null, null);
  }
}

/** The text of an answer that is a success; anything else is thrown. */
async function answer(response: Response, isLogin = false): Promise<string> {
  const text = await response.text();
  if (response.ok) return text;
  if (response.status === 401 && !isLogin) signedOut();
  throw problem(response.status, parse<ProblemDocument>(text), response.headers.get("Retry-After"));
}

async function send<T>(method: string, path: string, options: SendOptions = {}): Promise<T> {
  const text = await answer(await request(method, path, options), path === "/session" && method === "POST");
  return (text === "" ? undefined : parse<T>(text)) as T;
}

function read<T>(path: string, signal?: AbortSignal, milliseconds = patience): Promise<T> {
  return within(milliseconds, signal, (either) => send<T>("GET", path, { signal: either }));
}

/** A document that is no JSON, as text. */
export function readText(path: string, accept = "*/*", signal?: AbortSignal): Promise<string> {
  return within(longPatience, signal, async (either) => answer(await request("GET", path, { signal: either }, accept)));
}

/** Saves a document of the server as a file of the user's. */
export async function download(path: string, name: string, accept = "*/*"): Promise<void> {
  const address = URL.createObjectURL(new Blob([await readText(path, accept)]));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export const api = {
  read,
  create: <T>(path: string, body?: unknown, options: SendOptions = {}) => send<T>("POST", path, { ...options, body }),
  change: <T>(path: string, body: unknown) => send<T>("PATCH", path, { body }),
  remove: (path: string) => send<void>("DELETE", path),
};

/** Every page of a list in turn. `path` may carry a query. */
export async function* pages<Item>(path: string, signal?: AbortSignal, limit = 500): AsyncGenerator<Item[]> {
  const separator = path.includes("?") ? "&" : "?";
  let cursor: string | null = null;
  do {
    const tail: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const page: Page<Item> = await api.read(`${path}${separator}limit=${limit}${tail}`, signal);
    yield page.items;
    cursor = page.next ?? null;
  } while (cursor !== null);
}

/** A whole list. */
export async function list<Item>(path: string, signal?: AbortSignal): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of pages<Item>(path, signal)) items.push(...page);
  return items;
}

/** Sends a file as it is and reports the part sent, 0 … 1 (fetch can't tell of an upload's progress, hence XMLHttpRequest). */
export function upload<T>(path: string, file: File, progress: (part: number) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const transfer = new XMLHttpRequest();
    transfer.open("POST", base + path);
    transfer.setRequestHeader("Content-Type", "application/octet-stream");
    transfer.setRequestHeader("X-NVFleet-Request", "1");
    transfer.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    transfer.onerror = () => reject(problem(0, null, null));
    transfer.onload = () => {
      if (transfer.status >= 200 && transfer.status < 300) return resolve(parse<T>(transfer.responseText) as T);
      if (transfer.status === 401) signedOut();
      reject(problem(transfer.status, parse<ProblemDocument>(transfer.responseText), transfer.getResponseHeader("Retry-After")));
    };
    transfer.send(file);
  });
}

/** A key that makes a repeated request the same request. (crypto.randomUUID needs HTTPS; this does not.) */
export function newIdempotencyKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The sentence to show for whatever was thrown. */
export function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
