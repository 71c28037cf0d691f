/** Runs the command line in tests: in a folder of theirs, with what it prints gathered. */

import type { Io } from "../io.js";
import { main } from "../main.js";

/** What one invocation did. */
export interface Invocation {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cano-gen` with `typed`, its arguments in one line, or one by one where they hold blanks. */
export async function runMain(
  typed: string | readonly string[],
  cwd: string,
  surroundings: Partial<Io> = {},
): Promise<Invocation> {
  const printed = { stdout: "", stderr: "" };
  const io: Io = {
    stdout: (text) => {
      printed.stdout += text;
    },
    stderr: (text) => {
      printed.stderr += text;
    },
    cwd,
    isTerminal: false,
    env: {},
    now: Date.now,
    rows: 0,
    untilStopped: () => Promise.reject(new Error("nothing here runs on")),
    ...surroundings,
  };
  const words = typeof typed === "string" ? typed.split(" ").filter((word) => word !== "") : typed;
  const code = await main(words, io);
  return { code, ...printed };
}
