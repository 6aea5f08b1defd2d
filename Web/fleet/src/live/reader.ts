/** One reading at a time: a slow server is not asked again and again before it could answer. */
export class Reader {
  private work: ((signal: AbortSignal) => Promise<void>) | null = null;
  private controller: AbortController | null = null;
  private isOutdated = false;

  /** Reads by `work`, which handles its own errors; a reading under way is given up for it. */
  begin(work: (signal: AbortSignal) => Promise<void>): void {
    this.end();
    this.work = work;
    void this.run();
  }

  end(): void {
    this.controller?.abort();
    this.controller = null;
    this.work = null;
    this.isOutdated = false;
  }

  /** Reads again; after the reading that is under way, if one is: it may have asked before what is now to be read. */
  reload = (): void => {
    if (this.controller) this.isOutdated = true;
    else void this.run();
  };

  /** Reads again unless a reading is under way. */
  renew = (): void => {
    if (!this.controller) void this.run();
  };

  private async run(): Promise<void> {
    if (!this.work) return;
    const controller = new AbortController();
    this.controller = controller;
    this.isOutdated = false;
    await this.work(controller.signal);
    if (this.controller !== controller) return;
    this.controller = null;
    if (this.isOutdated) await this.run();
  }
}
