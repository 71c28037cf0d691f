/** Checks that a durable workflow can read what runs that it goes on with have stored with its codecs. */

import { lostCodec } from "../diagnostics/catalogue/migrations.js";
import type { Report } from "../diagnostics/diagnostic.js";
import type { LockedVersion } from "../lock/lock.js";
import { listLostCodecs } from "../lock/lost-codecs.js";
import type { Draft } from "../model/draft.js";
import { listOrigins } from "./list-origins.js";

/**
 * A payload is decoded as a whole, so that every codec with which something in it was stored must be able to read it, also where nobody takes that any more. `recorded`
 * is the present version as it was recorded, `earlier` are those below it.
 *
 * Breaks it: `codecs: { date: dates }` that becomes `codecs: { day: dates }`, under the same `version` or with a migration of the one before.
 */
export function checkCodecs(
  draft: Draft,
  now: LockedVersion,
  earlier: readonly LockedVersion[],
  recorded: LockedVersion | undefined,
  report: Report,
): void {
  const spans = new Map(listOrigins(draft, earlier, recorded).map(({ version, span }) => [version, span]));
  for (const was of [...earlier.filter(({ version }) => spans.has(version)), ...(recorded ? [recorded] : [])]) {
    const span = spans.get(was.version) ?? draft.durability.version?.span;
    for (const loss of listLostCodecs(was, now))
      report(lostCodec(span, { workflow: draft.name, version: was.version, loss, isCurrent: was === recorded }));
  }
}
