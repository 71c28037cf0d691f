/** Metrics of circuit breakers and rate limiters, by their names, whoever calls them. */

import type { CircuitBreaker } from "../resilience/circuit-breaker.js";
import type { BreakerWatcher, LimiterWatcher } from "../resilience/gate-watcher.js";
import type { RateLimiter } from "../resilience/rate-limiter.js";
import type { Instruments } from "./instruments.js";

/** What can be watched. */
export type Gate = CircuitBreaker | RateLimiter;

/** Has each of `gates` measured, once, for as long as there is the process. */
export function measureGates(instruments: Instruments, gates: readonly Gate[]): void {
  const watcher = watcherOf(instruments);
  for (const gate of gates) gate.watch(watcher);
}

function watcherOf(instruments: Instruments): BreakerWatcher & LimiterWatcher {
  return {
    change({ breaker, from, to }) {
      const transition = `${from.replace("-", "")}_to_${to.replace("-", "")}`;
      instruments.cano_circuit_transitions_total.add(1, { breaker, transition });
    },
    acquire: (labels) => instruments.cano_circuit_acquires_total.add(1, { ...labels }),
    outcome: (labels) => instruments.cano_circuit_outcomes_total.add(1, { ...labels }),
    taken({ limiter, isTiered, cost, waited }) {
      if (isTiered) return;
      instruments.cano_rate_limiter_acquired_total.add(1, { limiter });
      instruments.cano_rate_limiter_tokens_consumed_total.add(cost, { limiter });
      if (waited !== undefined) instruments.cano_rate_limiter_wait_seconds.record(waited / 1_000, { limiter });
    },
    throttled({ limiter, isTiered, tier, result }) {
      if (isTiered) instruments.cano_multi_rate_limiter_throttled_total.add(1, { limiter, tier });
      else instruments.cano_rate_limiter_throttled_total.add(1, { limiter, result });
    },
  };
}
