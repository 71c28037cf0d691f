/** What may be in flight in a run, beyond an attempt: several tasks at once, or what ends by itself. */

import type { CanoError } from "../errors/cano-error.js";
import type { Scope } from "./scope.js";
import type { Notice } from "./teller.js";

/** What is in flight and can say how its tasks ended when the run is stopped. */
export interface InFlight extends Scope {
  endings(error: CanoError): readonly Notice[];
}

/** What is in flight and ends by itself when it is told to, within a bounded time: a stream. */
export interface Draining extends Scope {
  /** Whether it can be told. */
  readonly drains: boolean;
  /** Ends it with `error`, or with what fails on the way. Calls `force` when that takes too long. */
  drain(error: CanoError, force: () => void): void;
}

/** Whether it is {@link InFlight}. */
export function isInFlight(scope: Scope | undefined): scope is InFlight {
  return scope !== undefined && "endings" in scope;
}

/** Whether it is {@link Draining}, and can be told now. */
export function isDraining(scope: Scope | undefined): scope is Draining {
  return scope !== undefined && "drain" in scope && (scope as Draining).drains;
}
