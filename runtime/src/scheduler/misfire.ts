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

/** What to do about due times that have come. */
export interface Plan {
  /** The one that is fired now, none if undefined; those before it were missed. */
  readonly due: number | undefined;
  readonly next: number | undefined;
  /** Whether it waits for runs in progress, whatever `overlap` says: it is made up for, and comes too late anyway. */
  readonly isPatient: boolean;
}

/** What to do about the due time `next`, which has come, and those that have come after it. */
export function planFor({ misfire, grace, jitter }: Lateness, times: DueTimes, next: number, now: number): Plan {
  // Those of the last `jitter` milliseconds may have to wait for their moment yet.
  const latest = Math.max(next, now - jitter);
  const due = times.oldest(next, latest, typeof misfire === "object" ? misfire.catchUp : 1);
  const isLate = latest - due > grace;
  return {
    due: isLate && misfire === "skip" ? undefined : due,
    next: times.after(due),
    isPatient: isLate && typeof misfire === "object",
  };
}

/** By how many milliseconds the firing for `due` comes later: below `jitter`, and the same in every process. */
export function delayBy(jitter: number, schedule: string, due: number): number {
  if (jitter === 0) return 0;
  const digest = createHash("sha256").update(`${schedule}/${due}`).digest();
  return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * jitter);
}
