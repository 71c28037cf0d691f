/** A run that is stored, as the generated dispatcher of its workflow sees it. */

import type { Run } from "../run/run.js";
import type { AnyDurableRun } from "./any-durable-run.js";

/** See {@link Run}. An intersection of the two would hand anything to anybody. */
export interface DurableRun<R, I> extends AnyDurableRun {
  readonly resources: R;
  readonly inputs?: I;
  hand: Run<R, I>["hand"];
}
