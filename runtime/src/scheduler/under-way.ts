/** What has been asked for and is not done yet: whoever stops has to wait for it, since a run may begin behind it. */

/** See the file's first line. */
export class UnderWay {
  private readonly all = new Set<Promise<unknown>>();

  /** Does it; resolves, or rejects, as it does. */
  async track<T>(work: () => Promise<T>): Promise<T> {
    const tracked = work();
    this.all.add(tracked);
    try {
      return await tracked;
    } finally {
      this.all.delete(tracked);
    }
  }

  /** Resolves when what is under way now is done, or has failed. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.all);
  }
}
