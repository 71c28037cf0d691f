/** A run with effects that can be undone, as the generated dispatcher of its workflow sees it. */

import type { Run } from "../run/run.js";
import type { AnySagaRun } from "./any-saga-run.js";

/** See {@link Run}. */
export type SagaRun<R, I> = AnySagaRun & Run<R, I>;
