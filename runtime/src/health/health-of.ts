/** Puts together how several things are doing, for one answer to whoever watches a process. */

import { requirePositive } from "../errors/require.js";
import type { Health } from "../resource.js";
import { type Clock, systemClock } from "../time/clock.js";
import type { Awaitable } from "../transition.js";
import { probe, type Reported, worstOf } from "./probe.js";

/** Whatever can be asked how it is: workflow objects, schedulers, circuit breakers, resources, or something of your own. */
export interface Checkable {
  health(): Awaitable<Reported>;
}

/** What {@link healthOf} tells: plain data that survives JSON. */
export interface HealthReport<Checks extends Readonly<Record<string, Checkable>>> {
  /** The worst of the checks. */
  readonly status: Health["status"];
  readonly checks: { readonly [Name in keyof Checks]: Awaited<ReturnType<Checks[Name]["health"]>> | Health };
}

/** How {@link healthOf} asks. */
export interface HealthOptions {
  /**
   * What has not answered after so many milliseconds, above 0, is unhealthy. Default: 10,000, longer than workflows and schedulers wait by default, so
   * that they can tell what of them hangs.
   */
  readonly timeout?: number;
  /** Default: the process's clock. */
  readonly clock?: Clock;
}

/**
 * Asks all at once how they are. What fails, hangs or gives no answer is unhealthy, with the reason. Rejects with `configuration` when the timeout is
 * out of range, and else never.
 */
export async function healthOf<const Checks extends Readonly<Record<string, Checkable>>>(
  checks: Checks,
  { timeout = 10_000, clock = systemClock }: HealthOptions = {},
): Promise<HealthReport<Checks>> {
  requirePositive("timeout", timeout);
  const asked = Object.entries(checks).map(async ([name, check]) => {
    return [name, await probe<Reported>(() => check.health(), { clock, timeout })] as const;
  });
  const answers = Object.fromEntries(await Promise.all(asked));
  // Under each name stands what was answered under it.
  return { status: worstOf(Object.values(answers)), checks: answers as HealthReport<Checks>["checks"] };
}
