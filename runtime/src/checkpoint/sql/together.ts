/** Does writes together, and each alone where that fails: one of them may be at fault, and the others need not suffer for it. */

import { textOf } from "../../errors/thrown.js";
import { OutOfPatience } from "./persist.js";
import type { Outcome } from "./writing.js";

/** What came of each of the writes. `group` does some of them in one transaction, or rejects with none done. */
export async function together<W>(
  writes: readonly W[],
  group: (writes: readonly W[]) => Promise<readonly Outcome[]>,
): Promise<readonly Outcome[]> {
  if (writes.length === 0) return [];
  try {
    return await group(writes);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(textOf(error));
    // What the database was asked long enough would not be answered any sooner alone.
    if (writes.length === 1 || error instanceof OutOfPatience) return writes.map(() => failure);
    const outcomes: Outcome[] = [];
    for (const write of writes) outcomes.push(...(await together([write], group)));
    return outcomes;
  }
}
