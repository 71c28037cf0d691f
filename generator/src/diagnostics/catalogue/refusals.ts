/** Codes 7xxx: what a call may be refused with before it begins. The runtime throws `CanoError` with these codes; here for `cano-gen explain`. */

import { define } from "./define.js";

/** CANO7017, `circuit_open` */
export const circuitOpen = define<{ breaker: string }>(
  "CANO7017",
  "error",
  {
    title: "a circuit breaker refused the call",
    reason:
      "The breaker has seen too many failures and is open, or it is half-open and its trials are under way. Nothing was called, and the refusal is not retried. " +
      "`refusedBy` is the breaker's name, `retryAfter` says in how many milliseconds it lets a trial through; infinite when it was forced open.",
  },
  ({ breaker }) => ({
    message: `the circuit breaker \`${breaker}\` is open`,
    help: "see what the calls before it failed with; a `fallback` in the task's `config` says what happens meanwhile",
  }),
);

/** CANO7018, `rate_limited` */
export const rateLimited = define<{ limiter: string }>(
  "CANO7018",
  "error",
  {
    title: "a rate limit refused the call",
    reason:
      "So much was not to be had, its line was full, the wait too long, or the call asked for more than the limit ever gives. Nothing was called. " +
      "`refusedBy` is the name of the limit, or of the tier, `retryAfter` says in how many milliseconds it would have been possible; infinite when it never is.",
  },
  ({ limiter }) => ({
    message: `the rate limit \`${limiter}\` is used up`,
    help: "raise `maxWait` or `maxQueue`, or let the retry policy wait: `delayFrom: retryAfter`",
  }),
);

/** CANO7019, `bulkhead_full` */
export const bulkheadFull = define<{ bulkhead: string }>(
  "CANO7019",
  "error",
  {
    title: "a bulkhead refused the call",
    reason:
      "As many calls as may be were inside, and the line outside was full or the wait too long. Nothing was called. `refusedBy` is the bulkhead's name.",
  },
  ({ bulkhead }) => ({
    message: `the bulkhead \`${bulkhead}\` is full`,
    help: "raise its `limit`, `maxQueue` or `maxWait`, or call less at once",
  }),
);
