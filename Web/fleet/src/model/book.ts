/** What the server has told last of many things: filled by lists, kept current by events. */
export abstract class Book<Item extends { id: number }> {
  protected readonly items = new Map<number, Item>();
  /** When an item was last told of by an event, in `clock` ticks. */
  protected readonly told = new Map<number, number>();
  private readonly listeners = new Set<() => void>();
  protected clock = 0;
  /** Grows with every change. */
  version = 0;
  /** True once a whole list has been read. */
  isComplete = false;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  all(): IterableIterator<Item> {
    return this.items.values();
  }

  get size(): number {
    return this.items.size;
  }

  /**
   * Starts taking a list that is about to be asked for. What an event tells meanwhile is newer than the list and stays; what the whole
   * list does not name is gone.
   */
  beginList(): { add(page: readonly Item[]): void; finish(): void } {
    const started = this.clock;
    const seen = new Set<number>();
    const isNewer = (id: number) => (this.told.get(id) ?? -1) > started;
    return {
      add: (page) => {
        for (const item of page) {
          seen.add(item.id);
          if (!isNewer(item.id)) this.items.set(item.id, this.merged(item));
        }
        this.changed();
      },
      finish: () => {
        for (const id of [...this.items.keys()]) {
          if (seen.has(id) || isNewer(id)) continue;
          this.items.delete(id);
          this.isGone(id);
        }
        this.isComplete = true;
        this.changed();
      },
    };
  }

  /** Of a list that nobody follows, nothing is known. */
  clear(): void {
    this.items.clear();
    this.told.clear();
    this.isComplete = false;
    this.changed();
  }

  /** What is kept of an item that a list names. */
  protected merged(item: Item): Item {
    return item;
  }

  /** A whole list has not named it. */
  protected isGone(_id: number): void {}

  protected changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }
}
