/** What the command line has of the world around it, so that tests can give it another one. */

import type { Surroundings } from "../projects/request.js";

/** What asks a program that runs on to stop. */
export type StopSignal = "SIGHUP" | "SIGINT" | "SIGTERM";

/** The surroundings of one invocation. */
export interface Io extends Surroundings {
  readonly stdout: (text: string) => void;
  /** How many lines the terminal shows; 0 where there is none. */
  readonly rows: number;
  /** Takes signals over from now on: comes back with the first, and those that follow do nothing. */
  readonly untilStopped: () => Promise<StopSignal>;
}

/** The surroundings of this process. */
export function processIo(): Io {
  process.stdout.once("error", refuseLoss);
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  // A dumb terminal, such as a shell in Emacs, shows what would move its cursor.
  const isTerminal = process.stderr.isTTY && process.env["TERM"] !== "dumb";
  return {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    cwd: process.cwd(),
    isTerminal,
    get rows() {
      return isTerminal ? process.stderr.rows : 0;
    },
    env: process.env,
    now: Date.now,
    untilStopped: () =>
      new Promise((stop) => {
        for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.on(signal, stop);
      }),
  };
}

/** A reader that has seen enough, as `head` does, is no failure. A drawing or a report that a full disk has cut short is one. */
function refuseLoss({ code, message }: NodeJS.ErrnoException): void {
  if (code === "EPIPE") return;
  process.stderr.write(`cano-gen: what was printed is not complete: ${message}\n`);
  // The command may not have come to its own exit code yet.
  process.once("exit", (own) => (process.exitCode = own === 0 ? 1 : own));
}

/** Whether to use colours: as `NO_COLOR` and `FORCE_COLOR` say, else on a terminal only. */
export function usesColour({ env, isTerminal }: Pick<Io, "env" | "isTerminal">): boolean {
  if (isSet(env["NO_COLOR"])) return false;
  if (isSet(env["FORCE_COLOR"])) return env["FORCE_COLOR"] !== "0";
  return isTerminal;
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
