/** Runs the operator's command in this process, with everything around it given by the test. */

import type { Clock } from "cano";
import { ManualClock } from "cano/testing";
import { type Io, main } from "../../runtime/src/cli/main.js";

/** What came of an invocation. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What an invocation finds. */
export interface Surroundings {
  readonly cwd?: string;
  readonly clock?: Clock;
  readonly env?: Io["env"];
  readonly isTerminal?: boolean;
  readonly interrupted?: AbortSignal;
  /** Told of everything that is printed, as it is printed. */
  readonly onPrint?: (text: string) => void;
  /** Resolves when what was printed is taken: whether more of it is wanted. */
  readonly drained?: () => Promise<boolean>;
}

/** Runs `cano` with these arguments. */
export async function runCano(argv: readonly string[], given: Surroundings = {}): Promise<Outcome> {
  let [stdout, stderr] = ["", ""];
  const code = await main(argv, {
    stdout: (text) => {
      stdout += text;
      given.onPrint?.(text);
    },
    drained: given.drained ?? (() => Promise.resolve(true)),
    stderr: (text) => (stderr += text),
    cwd: given.cwd ?? "/",
    isTerminal: given.isTerminal ?? false,
    env: given.env ?? {},
    clock: given.clock ?? new ManualClock(new Date("2026-01-01")),
    untilInterrupted: () => given.interrupted ?? new AbortController().signal,
  });
  return { code, stdout, stderr };
}
