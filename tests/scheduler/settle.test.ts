/** What is decided about a due time that has waited, when nobody has settled it who was to: moments that two processes rarely come to. */

import type { ScheduleView } from "cano/checkpoints";
import { ManualClock } from "cano/testing";
import { describe, expect, test } from "vitest";
import { type Definition, defineEvery } from "../../runtime/src/scheduler/definition.js";
import { firingFor } from "../../runtime/src/scheduler/firings.js";
import { newRecord } from "../../runtime/src/scheduler/record.js";
import { settleDelay, takeUp } from "../../runtime/src/scheduler/settle.js";
import { HOUR, Job, MINUTE, SECOND, START } from "./job.js";

const job = new Job(new ManualClock());
const QUEUE = defineEvery("s", job, MINUTE, { mode: "rate", overlap: "queue" });
const SKIP = defineEvery("s", job, MINUTE, { mode: "rate", overlap: "queue", misfire: "skip" });
const ONCE = defineEvery("s", job, MINUTE, { mode: "rate", overlap: "queue", misfire: "once" });

/** The due time `START` has waited, and it is `late` milliseconds later. */
function taken(definition: Definition, late: number, change: object = {}, open: ScheduleView["open"] = [], isFirst = false) {
  const record = { ...newRecord("s", definition.text, START + HOUR), waiting: START, ...change };
  return takeUp(definition, { record, open }, { now: START + late, random: 0, stopping: false }, isFirst);
}

const NOTHING = { decision: {}, next: {} };
const FIRED = { decision: { record: { waiting: undefined, fired: 1 }, begin: { due: START } }, next: { firing: { due: START } } };

describe("what was left waiting", () => {
  test("fires", () => {
    expect(taken(QUEUE, SECOND)).toMatchObject(FIRED);
  });

  test("is left to who has defined the schedule otherwise meanwhile, and of one that is gone there is nothing", () => {
    expect(taken(QUEUE, SECOND, { definition: "another" })).toEqual(NOTHING);
    const moment = { now: START, random: 0, stopping: false };
    expect(takeUp(QUEUE, { record: undefined, open: [] }, moment, true)).toEqual(NOTHING);
  });

  test("goes on waiting where somebody has fired meanwhile, however late it is", () => {
    const run = { ...firingFor(SKIP, START + MINUTE, START + MINUTE, "due"), isAlive: true };
    for (const isFirst of [false, true]) expect(taken(SKIP, HOUR, {}, [run], isFirst)).toEqual(NOTHING);
  });

  test("fires once a back-off is over, and not before", () => {
    expect(taken(QUEUE, SECOND, { eligible: START + SECOND })).toMatchObject(FIRED);
    expect(taken(QUEUE, SECOND, { eligible: START + SECOND + 1 })).toMatchObject({
      decision: { record: { waiting: undefined, fired: 0, skipped: 1 } },
      next: { skipped: { due: START, reason: "backoff" } },
    });
  });

  test("and is later than may be was missed, if this process has only begun to look", () => {
    const spread = { ...SKIP, lateness: { ...SKIP.lateness, jitter: SECOND } };
    const latest = spread.lateness.grace + SECOND;
    const late = { decision: { record: { waiting: undefined, fired: 0 } }, next: { missed: START } };
    expect(taken(spread, latest, {}, [], true)).toMatchObject(FIRED);
    expect(taken(spread, latest + 1, {}, [], true)).toMatchObject(late);
    expect(taken(spread, latest + 1)).toMatchObject(FIRED);
    expect(taken(ONCE, HOUR, {}, [], true)).toMatchObject(FIRED);
  });
});

test("the end of a fixed delay may be the very last moment of a schedule, and none behind it", () => {
  for (const [until, next] of [
    [START + MINUTE, START + MINUTE],
    [START + MINUTE - 1, undefined],
  ] as const) {
    const definition = defineEvery("s", job, MINUTE, { until });
    const record = { ...newRecord("s", definition.text, undefined) };
    settleDelay(record, definition, START);
    expect(record.next).toBe(next);
  }
});
