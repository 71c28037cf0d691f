/** Gathers what happens at about the same time: a save is several events, and so is a checkout. */

/** Milliseconds from the first event to the answer. Editors write a file in less. */
const gathering = 10;

/** Rung by events, waited for by whoever answers them. */
export class Bell {
  private rung = false;
  private wake: () => void = () => undefined;

  /** Something has happened. */
  ring(): void {
    this.rung = true;
    this.wake();
  }

  /** Comes back soon after the bell has been rung, at once if it was rung since the last time. */
  async wait(): Promise<void> {
    if (!this.rung) await new Promise<void>((wake) => (this.wake = wake));
    await new Promise((done) => setTimeout(done, gathering));
    this.rung = false;
  }
}
