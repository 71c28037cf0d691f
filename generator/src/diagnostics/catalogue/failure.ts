/** What there is to say of an error of the runtime, which words its messages itself; `cano-gen explain` tells what is behind them. */

import type { Category } from "cano";

/** An entry for an error that a run, or a call, fails with. */
export interface Failure {
  readonly code: `CANO7${number}`;
  /** The error's `category`; undefined where it is that of its cause. */
  readonly category: Category | undefined;
  readonly title: string;
  readonly reason: string;
  /** What the user can do. */
  readonly cure: string;
}
