/** Lists the earlier versions from which runs may go on in the present one: for what has to hold of all that is in their logs. */

import type { Span } from "../diagnostics/diagnostic.js";
import type { LockedVersion } from "../lock/lock.js";
import type { Draft } from "../model/draft.js";

/** A version under which runs that go forward may have been; `by` is the one that they go by meanwhile, if it is another. */
export interface Origin {
  readonly version: number;
  readonly by: number | undefined;
  readonly span: Span;
}

/** See {@link Origin}. What a run did before it was migrated, and migrated again, is in its log still. */
export function listOrigins(
  draft: Draft,
  earlier: readonly LockedVersion[],
  recorded: LockedVersion | undefined,
): readonly Origin[] {
  const found = new Map<number, Origin>();
  for (const { version, span } of draft.migrations) found.set(version, { version, by: undefined, span });
  const current = draft.durability.version;
  const roots = [...draft.migrations, ...(recorded && current ? [{ version: recorded.version, span: current.span }] : [])];
  for (const { version: by, span } of roots) {
    const pending = [by];
    // An array also visits what is pushed while it is walked.
    for (const at of pending) {
      const migrates = at === recorded?.version ? recorded.migrates : earlier.find(({ version }) => version === at)?.migrates;
      for (const version of migrates ?? []) {
        if (!pending.includes(version)) pending.push(version);
        if (!found.has(version)) found.set(version, { version, by, span });
      }
    }
  }
  return [...found.values()].sort((a, b) => a.version - b.version);
}
