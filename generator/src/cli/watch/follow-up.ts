/** What follows a clean pass: a command that is started again each time, never twice at once. Starting a process is `child.ts`'s. */

import type { Child } from "./child.js";

/** Milliseconds that a command has to end before it is ended. */
const grace = 5_000;

/** Milliseconds between looks at whether it has. */
const interval = 20;

/** A command that follows clean passes. */
export class FollowUp {
  private child: Child | undefined;
  private turn: Promise<void> = Promise.resolve();
  private wanted = 0;

  /** `start` starts the command; `say` is told how it ended, unless it was ended from here. */
  constructor(
    private readonly start: () => Child,
    private readonly say: (ending: string) => void,
  ) {}

  /** Starts the command, after one that is running has ended. Of several calls meanwhile the last one counts. */
  restart(): void {
    const wanted = ++this.wanted;
    this.turn = this.turn.then(async () => {
      await this.end();
      if (wanted === this.wanted) this.run();
    });
  }

  /** Ends the command for good; comes back when nothing of it is left. */
  async stop(): Promise<void> {
    this.wanted++;
    this.turn = this.turn.then(() => this.end());
    await this.turn;
  }

  private run(): void {
    const child = this.start();
    this.child = child;
    void child.ended.then((ending) => {
      if (this.child !== child) return;
      this.say(ending);
      // What it has left behind is ended with it; when that is nothing, its number may become another's.
      if (!child.isAlive()) this.child = undefined;
    });
  }

  /** The processes that a command has left behind are ended, too. */
  private async end(): Promise<void> {
    const child = this.child;
    this.child = undefined;
    if (!child?.isAlive()) return;
    child.end("SIGTERM");
    for (let waited = 0; child.isAlive(); waited += interval) {
      if (waited >= grace) {
        child.end("SIGKILL");
        // Nobody outlives that, but where nobody collects the dead they go on being counted.
        await child.ended;
        return;
      }
      await new Promise((look) => setTimeout(look, interval));
    }
  }
}
