/** What a scope is waiting for: called off when the scope is over, told why when it is stopped. Most scopes wait for one thing at a time. */

import type { CanoError } from "../errors/cano-error.js";
import type { Scope } from "./scope.js";

/** Something that a scope waits for. */
export interface Wait {
  /** Calls it off; nobody is waiting any more. */
  end(): void;
  /** Calls it off and tells who waits for it why. */
  stop(error: CanoError): void;
}

class SeveralWaits extends Set<Wait> implements Wait {
  end(): void {
    for (const wait of this) wait.end();
    this.clear();
  }

  stop(error: CanoError): void {
    const waits = [...this];
    this.clear();
    for (const wait of waits) wait.stop(error);
  }
}

/** Takes note that `scope` waits for `wait`, until {@link release}. */
export function hold(scope: Scope, wait: Wait): void {
  const { waits } = scope;
  if (waits === undefined) scope.waits = wait;
  else if (waits instanceof SeveralWaits) waits.add(wait);
  else scope.waits = new SeveralWaits([waits, wait]);
}

/** Takes note that `scope` no longer waits for `wait`. */
export function release(scope: Scope, wait: Wait): void {
  if (scope.waits === wait) scope.waits = undefined;
  else if (scope.waits instanceof SeveralWaits) scope.waits.delete(wait);
}
