/**
 * The only EventSource. Events of a kind are handed over in batches, once per animation frame; of several events about the same thing
 * only the last is kept, so a storm costs no more than the number of things it is about.
 */
import type { StreamEventName, StreamEvents } from "./types";

export interface LinkState {
  phase: "connecting" | "live" | "reconnecting";
  /** When this phase began, milliseconds since 1970. */
  since: number;
}
type Handler = (batch: unknown[]) => void;
type Keyed = Record<string, string | number | null | undefined>;

const keys: Record<StreamEventName, (event: Keyed) => string> = {
  card: (event) => `${event.card}`,
  readings: (event) => `${event.card}`,
  alarm: (event) => `${event.card} ${event.name}`,
  campaign: (event) => `${event.campaign} ${event.card}`,
  discovery: (event) => `${event.discovery}`,
  storage: () => "",
};

/** With no event for so long, the link is tested by a request: a half-open connection never reports itself. */
const silenceLimit = 45_000;
const longestPause = 30_000;

class Stream {
  private source: EventSource | null = null;
  private readonly handlers = new Map<StreamEventName, Set<Handler>>();
  private readonly pending = new Map<StreamEventName, Map<string, unknown>>();
  private readonly watchers = new Set<() => void>();
  private readonly resumed = new Set<() => void>();
  private isScheduled = false;
  private pause = 1_000;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setInterval> | undefined;
  private lastHeard = 0;
  private wasLive = false;
  /** Answers whether the server is there and the session holds; set by the session. */
  probe: () => Promise<boolean> = async () => true;
  state: LinkState = { phase: "connecting", since: Date.now() };

  start(): void {
    if (this.source) return;
    this.connect();
    this.watchdog = setInterval(() => void this.testSilence(), 15_000);
  }

  stop(): void {
    clearTimeout(this.retry);
    clearInterval(this.watchdog);
    this.source?.close();
    this.source = null;
    this.wasLive = false;
    this.pending.clear();
    this.enter("connecting");
  }

  /** Receives events of one kind until the returned function is called. */
  subscribe<Name extends StreamEventName>(name: Name, handler: (batch: StreamEvents[Name][]) => void): () => void {
    const handlers = this.handlers.get(name) ?? new Set<Handler>();
    if (handlers.size === 0) this.source?.addEventListener(name, this.receive);
    handlers.add(handler as Handler);
    this.handlers.set(name, handlers);
    return () => {
      handlers.delete(handler as Handler);
      if (handlers.size === 0) this.source?.removeEventListener(name, this.receive);
    };
  }

  /** Told when the stream is back after a loss: events were missed, so what was read before must be read again. */
  onResumed = (handler: () => void): (() => void) => {
    this.resumed.add(handler);
    return () => this.resumed.delete(handler);
  };

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  private connect(): void {
    const source = new EventSource("/api/v1/stream");
    this.source = source;
    this.lastHeard = Date.now();
    source.onopen = () => this.opened();
    source.onerror = () => this.failed(source);
    for (const [name, handlers] of this.handlers) if (handlers.size > 0) source.addEventListener(name, this.receive);
  }

  private opened(): void {
    const missedEvents = this.wasLive;
    this.wasLive = true;
    this.pause = 1_000;
    this.lastHeard = Date.now();
    this.enter("live");
    if (missedEvents) for (const handler of this.resumed) handler();
  }

  /** The browser retries a broken connection by itself, but gives up after an HTTP error: then we do it, with growing pauses. */
  private failed(source: EventSource): void {
    if (source !== this.source) return;
    this.enter("reconnecting");
    if (source.readyState === EventSource.CLOSED) this.reconnect();
  }

  private reconnect(): void {
    this.source?.close();
    clearTimeout(this.retry);
    this.enter("reconnecting");
    this.retry = setTimeout(async () => {
      // A 401 here ends the session, and with it this stream.
      await this.probe();
      if (this.source) this.connect();
    }, this.pause);
    this.pause = Math.min(this.pause * 2, longestPause);
  }

  private async testSilence(): Promise<void> {
    if (this.state.phase !== "live" || Date.now() - this.lastHeard < silenceLimit) return;
    if (await this.probe()) this.lastHeard = Date.now();
    else if (this.source) this.reconnect();
  }

  private receive = (message: Event): void => {
    const { type, data } = message as MessageEvent<string>;
    const name = type as StreamEventName;
    this.lastHeard = Date.now();
    let event: Keyed;
    try {
      event = JSON.parse(data) as Keyed;
    } catch {
      return;
    }
    const batch = this.pending.get(name) ?? new Map<string, unknown>();
    const key = keys[name](event);
    batch.delete(key);
    batch.set(key, event);
    this.pending.set(name, batch);
    this.schedule();
  };

  private schedule(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    // A hidden page gets no animation frames.
    if (document.hidden) setTimeout(this.deliver, 1_000);
    else requestAnimationFrame(this.deliver);
  }

  private deliver = (): void => {
    this.isScheduled = false;
    const batches = [...this.pending];
    this.pending.clear();
    for (const [name, batch] of batches) for (const handler of this.handlers.get(name) ?? []) handler([...batch.values()]);
  };

  private enter(phase: LinkState["phase"]): void {
    if (this.state.phase === phase) return;
    this.state = { phase, since: Date.now() };
    for (const watcher of this.watchers) watcher();
  }
}

export const stream = new Stream();
