/** Asks something how it is, within bounds: whatever it does, there is an answer. What is asked, and what the answers are for, is the caller's. */

import { textOf } from "../errors/thrown.js";
import type { Health } from "../resource.js";
import type { Clock } from "../time/clock.js";
import type { Awaitable } from "../transition.js";

type Status = Health["status"];

/** Whatever tells how it is, maybe with more than that. */
export interface Reported {
  readonly status: Status;
}

/** How long an answer may take. */
export interface Bound {
  readonly clock: Clock;
  /** Milliseconds. */
  readonly timeout: number;
}

const WORST_FIRST: readonly Status[] = ["unhealthy", "degraded", "healthy"];

/** The worst of several; healthy where there are none. */
export function worstOf(reports: Iterable<Reported>): Status {
  const found = new Set(Array.from(reports, ({ status }) => status));
  return WORST_FIRST.find((status) => found.has(status)) ?? "healthy";
}

/** What `ask` answers, of which nothing at all is healthy. Never rejects: what fails, hangs or is no answer is unhealthy, with the reason. */
export function probe<H extends Reported>(ask: () => Awaitable<H | undefined>, { clock, timeout }: Bound): Promise<H | Health> {
  return new Promise((resolve) => {
    const expire = (): void => resolve(unhealthy(`it did not answer within ${timeout} ms`));
    let cancel: () => void;
    try {
      cancel = clock.schedule(expire, timeout);
    } catch (fault) {
      // The clock is the user's. Without a bound, it might never answer.
      return resolve(unhealthy(`it was not asked, since the clock failed: ${textOf(fault)}`));
    }
    const answer = (health: H | Health): void => {
      cancel();
      resolve(health);
    };
    // An answer that comes too late changes nothing.
    askSafely(ask).then(answer, (error: unknown) => answer(unhealthy(textOf(error))));
  });
}

async function askSafely<H extends Reported>(ask: () => Awaitable<H | undefined>): Promise<H | Health> {
  const answer = await ask();
  if (answer === undefined) return { status: "healthy" };
  // Only code that is not typed answers anything else.
  return WORST_FIRST.includes(answer.status) ? answer : unhealthy("its answer is none of `healthy`, `degraded` and `unhealthy`");
}

/** An answer that says why. */
function unhealthy(reason: string): Health {
  return { status: "unhealthy", reason };
}
