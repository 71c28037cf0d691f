/** A run that is stored, as the generated dispatcher of its workflow sees it. */

import type { Run } from "../run/run.js";
import type { AnyDurableRun } from "./any-durable-run.js";

/** See {@link Run}. */
export type DurableRun<R, I> = AnyDurableRun & Run<R, I>;
