/** A circuit breaker for tests, on a clock of its own: two failures open it for 1,000 ms. */

import { type BreakerChange, type BreakerOptions, type CircuitBreaker, circuitBreaker } from "cano";
import { ManualClock } from "cano/testing";

/** The breaker, its clock, and how its state has changed: `closed > open`. */
export function breakerOf(options: BreakerOptions = {}) {
  const clock = new ManualClock();
  const changes: string[] = [];
  const onChange = ({ from, to }: BreakerChange): void => void changes.push(`${from} > ${to}`);
  const breaker = circuitBreaker({ name: "bank", failureThreshold: 2, resetTimeout: 1_000, clock, onChange, ...options });
  return { clock, changes, breaker };
}

/** So many calls, one after the other, that fail. */
export const failTimes = (breaker: CircuitBreaker, times: number): void => {
  for (let at = 0; at < times; at++) breaker.acquire().fail();
};
