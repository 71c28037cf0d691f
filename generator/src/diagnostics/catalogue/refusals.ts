/** Codes 7xxx: what a call may be refused with before it begins. The runtime throws `CanoError` with these codes; here for `cano-gen explain`. */

import type { Failure } from "./failure.js";

export const refusals: readonly Failure[] = [
  {
    code: "CANO7017",
    category: "circuit_open",
    title: "a circuit breaker refused the call",
    reason:
      "The breaker has seen too many failures and is open, or it is half-open and its trials are under way. Nothing was called, and the refusal is not retried. " +
      "`refusedBy` is the breaker's name, `retryAfter` says in how many milliseconds it lets a trial through; infinite when it was forced open.",
    cure: "see what the calls before it failed with; a `fallback` in the task's `config` says what happens meanwhile",
  },
  {
    code: "CANO7018",
    category: "rate_limited",
    title: "a rate limit refused the call",
    reason:
      "So much was not to be had, its line was full, the wait too long, or the call asked for more than the limit ever gives. Nothing was called. " +
      "`refusedBy` is the name of the limit, or of the tier, `retryAfter` says in how many milliseconds it would have been possible; infinite when it never is.",
    cure: "raise `maxWait` or `maxQueue`, or let the retry policy wait: `delayFrom: retryAfter`",
  },
  {
    code: "CANO7019",
    category: "bulkhead_full",
    title: "a bulkhead refused the call",
    reason:
      "As many calls as may be were inside, and the line outside was full or the wait too long. Nothing was called. `refusedBy` is the bulkhead's name.",
    cure: "raise its `limit`, `maxQueue` or `maxWait`, or call less at once",
  },
];
