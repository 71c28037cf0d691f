/** A run with effects that can be undone, as the generated dispatcher of its workflow sees it. */

import type { Run } from "../run/run.js";
import type { AnySagaRun } from "./any-saga-run.js";

/** See {@link Run}. An intersection of the two would hand anything to anybody. */
export interface SagaRun<R, I> extends AnySagaRun {
  readonly resources: R;
  readonly inputs?: I;
  hand: Run<R, I>["hand"];
}
