/** What the command has of the world around it, so that tests can give it another one. */

import { type Clock, systemClock } from "../time/clock.js";

/** The surroundings of one invocation. */
export interface Io {
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Absolute path of the working directory. */
  readonly cwd: string;
  /** Whether what is printed is read on a terminal. */
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /**
   * A signal that fires when nobody wants to see more: at Ctrl-C, which then does nothing else the first time, and when who reads has gone away. To be
   * called by what goes on until then.
   */
  readonly untilInterrupted: () => AbortSignal;
}

/** The surroundings of this process. */
export function processIo(): Io {
  const controller = new AbortController();
  const interrupt = (): void => controller.abort();
  // A reader that has seen enough, as `head` does, is no failure.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", interrupt);
  return {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    cwd: process.cwd(),
    isTerminal: process.stdout.isTTY,
    env: process.env,
    clock: systemClock,
    untilInterrupted() {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, interrupt);
      return controller.signal;
    },
  };
}
