/** What the command has of the world around it, so that tests can give it another one. */

import { type Clock, systemClock } from "../time/clock.js";

/** The surroundings of one invocation. */
export interface Io {
  readonly stdout: (text: string) => void;
  /** Resolves when there is room for more of what `stdout` prints: whether anybody still reads it. To be awaited by what prints much. */
  readonly drained: () => Promise<boolean>;
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
  process.stdout.once("error", refuseLoss);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", interrupt);
  return {
    stdout: (text) => process.stdout.write(text),
    drained: () => drained(process.stdout),
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

function drained(stream: NodeJS.WriteStream): Promise<boolean> {
  if (!stream.writableNeedDrain) return Promise.resolve(!stream.destroyed);
  return new Promise((resolve) => {
    const settle = (): void => {
      stream.off("drain", settle).off("close", settle);
      resolve(!stream.destroyed);
    };
    stream.on("drain", settle).on("close", settle);
  });
}

/** A reader that has seen enough, as `head` does, is no failure. A list or a picture that a full disk has cut short is one. */
function refuseLoss({ code, message }: NodeJS.ErrnoException): void {
  if (code === "EPIPE") return;
  process.stderr.write(`cano: what was printed is not complete: ${message}\n`);
  // The command may not have come to its own exit code yet.
  process.once("exit", (own) => (process.exitCode = own === 0 ? 1 : own));
}
