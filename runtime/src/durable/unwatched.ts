/** What observers are asked and told of a run that they do not watch yet: it is about to be begun in the store, or to be taken over there. */

import { Teller } from "../run/teller.js";
import type { AnyDurableRun } from "./any-durable-run.js";

/** What an observer would have stored with a run that is about to begin. */
export function askTrace(run: AnyDurableRun): string | undefined {
  const asked = run.home.observers.length === 0 ? undefined : new Teller(run).askTrace();
  if (asked !== undefined) run.trace = asked.trace;
  return asked?.text;
}

/** What comes of `write`, which stores a row of a run in state `s`. Observers are told where it fails. */
export async function storing<T>(run: AnyDurableRun, s: number, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (run.home.observers.length > 0) new Teller(run).tell(s, ["checkpointFailure", { clears: false, error }]);
    throw error;
  }
}
