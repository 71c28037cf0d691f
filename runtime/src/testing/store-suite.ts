/** What every checkpoint store must do, as cases that any test runner can run. */

import { appends } from "./store-cases/appends.js";
import { begins } from "./store-cases/begins.js";
import { changes } from "./store-cases/changes.js";
import { claims } from "./store-cases/claims.js";
import { decisions } from "./store-cases/decisions.js";
import { endings } from "./store-cases/endings.js";
import { firings } from "./store-cases/firings.js";
import { lists } from "./store-cases/lists.js";
import { loads } from "./store-cases/loads.js";
import type { StoreCase } from "./store-cases/scene.js";
import { scheduleChanges } from "./store-cases/schedule-changes.js";
import { texts } from "./store-cases/texts.js";

export type { StoreCase } from "./store-cases/scene.js";

/**
 * All cases. Each may be run any number of times, also on data that others have used; it uses workflow names of its own, and closes what it opens. With a test
 * runner: `for (const { name, run } of storeCases()) test(name, () => run(open))`, where every call of `open` makes another store object on the same
 * data, as another process would. Of a store without `schedules` the cases about these ask nothing.
 */
export function storeCases(): readonly StoreCase[] {
  return [
    ...begins,
    ...appends,
    ...changes,
    ...claims,
    ...loads,
    ...lists,
    ...endings,
    ...texts,
    ...decisions,
    ...firings,
    ...scheduleChanges,
  ];
}
