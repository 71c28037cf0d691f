/** The ids of a schedule's runs: the date as the language writes it, for every date that it can write. */

import fc from "fast-check";
import { test } from "vitest";
import { isNamedAsFired } from "../../runtime/src/durable/fired.js";
import { RunIds } from "../../runtime/src/scheduler/run-ids.js";

const LATEST = 8.64e15;

test("the id of a run is its schedule and the date of its due time, and who resumes it knows it by that", () => {
  const time = fc.oneof(
    fc.integer({ min: -LATEST, max: LATEST }),
    fc.integer({ min: 0, max: 4e12 }),
    fc.double({ min: 0, max: 4e12, noNaN: true }),
  );
  // Two of one day, one after the other: the day is written once.
  fc.assert(
    fc.property(time, fc.integer({ min: -1e8, max: 1e8 }), (first, step) => {
      const second = Math.min(LATEST, Math.max(-LATEST, first + step));
      const runIds = new RunIds("s");
      return [first, second].every(
        (due) => runIds.of(due) === `s/${new Date(due).toISOString()}` && isNamedAsFired(runIds.of(due)),
      );
    }),
    { numRuns: 5_000 },
  );
});
