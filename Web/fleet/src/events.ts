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
  cards: () => "",
  readings: (event) => `${event.card}`,
  alarm: (event) => `${event.id ?? ""} ${event.card} ${event.name}`,
  incident: (event) => `${event.incident}`,
  notification: (event) => `${event.notification}`,
  campaign: (event) => `${event.campaign} ${event.card}`,
  discovery: (event) => `${event.discovery}`,
  storage: () => "",
};

/** The server beats every 15 s. With nothing heard for so long the connection is dead, whatever the browser thinks of it. */
const silenceLimit = 45_000;
const longestPause = 30_000;
/** A page that nobody sees gives its connection back after so long: a browser has six of them for each server. */
const hiddenLimit = 60_000;

export class Stream {
  private source: EventSource | null = null;
  /** One that is to take the place of `source` once it is open, so that no event is lost in between. */
  private next: EventSource | null = null;
  private readonly handlers = new Map<StreamEventName, Set<Handler>>();
  private readonly pending = new Map<StreamEventName, Map<string, unknown>>();
  private readonly watchers = new Set<() => void>();
  private readonly openers = new Set<() => void>();
  /** The cards whose values are wanted, by how many; and those that `source` was opened for. */
  private readonly followed = new Map<number, number>();
  private told: ReadonlySet<number> = new Set();
  private isScheduled = false;
  private isStarted = false;
  private pause = 1_000;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private sleep: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setInterval> | undefined;
  private lastHeard = 0;
  /** Since when the page has not been followed, because nobody saw it. */
  private dozedAt: number | null = null;
  /** Finds out whether the session still holds; set by the session. Never fails. */
  probe: () => Promise<void> = async () => undefined;
  state: LinkState = { phase: "connecting", since: Date.now() };

  start(): void {
    if (this.isStarted) return;
    this.isStarted = true;
    this.connect();
    this.watchdog = setInterval(() => this.testSilence(), 15_000);
    document.addEventListener("visibilitychange", this.seen);
    this.seen();
  }

  stop(): void {
    this.isStarted = false;
    clearTimeout(this.sleep);
    clearInterval(this.watchdog);
    document.removeEventListener("visibilitychange", this.seen);
    this.close();
    this.pending.clear();
    this.dozedAt = null;
    this.enter("connecting");
  }

  /** Receives events of one kind until the returned function is called. */
  subscribe<Name extends StreamEventName>(name: Name, handler: (batch: StreamEvents[Name][]) => void): () => void {
    const handlers = this.handlers.get(name) ?? new Set<Handler>();
    if (handlers.size === 0) for (const source of this.sources()) source.addEventListener(name, this.receive);
    handlers.add(handler as Handler);
    this.handlers.set(name, handlers);
    return () => {
      handlers.delete(handler as Handler);
      if (handlers.size === 0) for (const source of this.sources()) source.removeEventListener(name, this.receive);
    };
  }

  /** Told whenever the stream opens: events were missed before, so what was read until now must be read again. */
  onOpened = (handler: () => void): (() => void) => {
    this.openers.add(handler);
    return () => this.openers.delete(handler);
  };

  watch = (watcher: () => void): (() => void) => {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  };

  /** Has the card's values told until the returned function is called; of other cards only that there are new ones. */
  follow(card: number): () => void {
    this.followed.set(card, (this.followed.get(card) ?? 0) + 1);
    // Not at once: a page that is left for another follows two for a moment.
    setTimeout(() => this.replace(), 0);
    return () => {
      const others = (this.followed.get(card) ?? 1) - 1;
      if (others > 0) this.followed.set(card, others);
      else this.followed.delete(card);
    };
  }

  /** False while nobody sees the page and it has given its connection back. */
  get isAwake(): boolean {
    return this.source !== null || this.retry !== undefined;
  }

  private sources(): EventSource[] {
    return [this.source, this.next].filter((each): each is EventSource => each !== null);
  }

  private make(): EventSource {
    this.told = new Set(this.followed.keys());
    const values = this.told.size === 0 ? "none" : [...this.told].join();
    const source = new EventSource(`/api/v1/stream?beats=true&values=${values}`);
    source.addEventListener("beat", this.heard);
    for (const [name, handlers] of this.handlers) if (handlers.size > 0) source.addEventListener(name, this.receive);
    return source;
  }

  private connect(): void {
    const source = this.make();
    this.source = source;
    this.lastHeard = Date.now();
    source.onopen = () => this.opened();
    source.onerror = () => this.failed(source);
  }

  private close(): void {
    clearTimeout(this.retry);
    this.retry = undefined;
    for (const source of this.sources()) source.close();
    this.source = null;
    this.next = null;
  }

  private opened(): void {
    this.pause = 1_000;
    this.lastHeard = Date.now();
    this.dozedAt = null;
    this.enter("live");
    for (const handler of this.openers) handler();
    this.replace();
  }

  /** Opens a stream that tells the values now wanted, if this one does not; it goes on until that one is open. */
  private replace(): void {
    if (this.state.phase !== "live" || [...this.followed.keys()].every((card) => this.told.has(card))) return;
    this.next?.close();
    const next = this.make();
    this.next = next;
    next.onopen = () => {
      if (next !== this.next) return next.close();
      this.source?.close();
      this.source = next;
      this.next = null;
      this.lastHeard = Date.now();
      next.onopen = () => this.opened();
      next.onerror = () => this.failed(next);
      this.replace();
    };
    // The link itself is in doubt then: all is done anew.
    next.onerror = () => next === this.next && this.reconnect();
  }

  /** The browser retries a broken connection by itself, but gives up after an HTTP error: then we do it, with growing pauses. */
  private failed(source: EventSource): void {
    if (source !== this.source) return;
    this.enter("reconnecting");
    if (source.readyState === EventSource.CLOSED) this.reconnect();
  }

  private reconnect(): void {
    this.close();
    this.enter("reconnecting");
    this.retry = setTimeout(async () => {
      // A 401 here ends the session, and with it this stream.
      const retry = this.retry;
      await this.probe();
      if (this.retry !== retry) return;
      this.retry = undefined;
      this.connect();
    }, this.pause);
    this.pause = Math.min(this.pause * 2, longestPause);
  }

  /** A half-open connection never reports itself, and an attempt to connect may hang as well. */
  private testSilence(): void {
    if (!this.source || Date.now() - this.lastHeard < silenceLimit) return;
    this.enter("reconnecting", this.dozedAt ?? this.lastHeard);
    this.reconnect();
  }

  private seen = (): void => {
    clearTimeout(this.sleep);
    if (document.hidden) {
      this.sleep = setTimeout(() => this.doze(), hiddenLimit);
    } else if (!this.isAwake) {
      this.pause = 1_000;
      this.connect();
    }
  };

  private doze(): void {
    this.dozedAt = this.state.phase === "reconnecting" ? this.state.since : Date.now();
    this.close();
    this.enter("connecting");
  }

  private heard = (): void => {
    this.lastHeard = Date.now();
  };

  private receive = (message: Event): void => {
    const { type, data } = message as MessageEvent<string>;
    const name = type as StreamEventName;
    this.heard();
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

  /** What a page shows that nobody saw for a while is as old as that. */
  private enter(phase: LinkState["phase"], since = (phase === "reconnecting" ? this.dozedAt : null) ?? Date.now()): void {
    if (this.state.phase === phase) return;
    this.state = { phase, since };
    for (const watcher of this.watchers) watcher();
  }
}

export const stream = new Stream();
