/** What the read stage finds of a task's `config`. */

import type { Span } from "../diagnostics/diagnostic.js";
import type { GuardKey } from "../kinds/kinds.js";
import type { NumberReading } from "./number-reading.js";

/** A name that somebody has written. */
export interface NameReading {
  readonly name: string;
  readonly span: Span;
  /** Whether it names a value as well, as in `{ name }`. */
  readonly isShorthand?: boolean;
  /** The names that the object literal has in which it is written. */
  readonly besides?: readonly string[];
}

export interface ConfigReading {
  readonly span: Span;
  /** Keys that no task config has. */
  readonly unknownKeys: readonly NameReading[];
  /** Undefined when the config's type has no `retry`. */
  readonly retry: RetryReading | undefined;
  readonly attemptTimeout: NumberReading | undefined;
  /** What else it has, or may have. */
  readonly guards: readonly GuardReading[];
}

export interface GuardReading {
  readonly key: GuardKey;
  /** The value; the config where it is not written there. */
  readonly span: Span;
  /** The call of `cano` that makes it, where it is one. */
  readonly made: Span | undefined;
  /** Whether all that matters of it is written down, so that a number that is not there has its default. */
  readonly told: boolean;
  /** The numbers in it, by their paths: `failureThreshold`, `failureRate.share`. */
  readonly numbers: readonly { readonly path: string; readonly number: NumberReading }[];
  /** Keys of a hedge that no hedge has; what is the argument of a call is the compiler's to check. */
  readonly unknownKeys: readonly NameReading[];
}

/** `unknown` where the policy is not a literal call, but may be there. */
export interface RetryReading {
  readonly policy: "none" | "fixed" | "exponential" | "decorrelated" | "custom" | "unknown";
  readonly options: readonly {
    readonly name: "retries" | "delay" | "base" | "cap" | "multiplier" | "jitter";
    readonly number: NumberReading;
  }[];
  /** Whether an error may ask for a delay of its own. */
  readonly asks: boolean;
  readonly span: Span;
}
