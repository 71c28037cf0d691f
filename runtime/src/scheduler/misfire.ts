/** What to do about due times that have come: mostly there is one, and it is fired; several have come where nobody could fire. */

import { createHash } from "node:crypto";
import type { DueTimes } from "./due-times.js";
import type { Misfire } from "./options.js";

/** How a schedule is late. Times are milliseconds. */
export interface Lateness {
  readonly misfire: Misfire;
  readonly grace: number;
  readonly jitter: number;
}

/** Which due time is fired now, none if undefined; and which is the next. Those that are passed over were missed. */
export interface Plan {
  readonly due: number | undefined;
  readonly next: number | undefined;
}

/** What to do about the due time `next`, which has come, and those that have come after it. */
export function planFor({ misfire, grace, jitter }: Lateness, times: DueTimes, next: number, now: number): Plan {
  // Those of the last `jitter` milliseconds may have to wait for their moment yet.
  const latest = Math.max(next, now - jitter);
  const count = typeof misfire === "object" ? misfire.catchUp : 1;
  const [due = next] = times.newest(next, latest, count);
  const isTooLate = misfire === "skip" && latest - due > grace;
  return { due: isTooLate ? undefined : due, next: times.after(due) };
}

/** By how many milliseconds the firing for `due` comes later: below `jitter`, and the same in every process. */
export function delayBy(jitter: number, schedule: string, due: number): number {
  if (jitter === 0) return 0;
  const digest = createHash("sha256").update(`${schedule}/${due}`).digest();
  return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * jitter);
}
