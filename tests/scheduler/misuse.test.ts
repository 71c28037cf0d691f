/** What a scheduler says to callers without types, or with values from a configuration: at once, and by name. */

import { createScheduler, type Scheduler } from "cano/scheduler";
import { ManualClock } from "cano/testing";
import { describe, expect, test } from "vitest";
import { thrownBy } from "../runtime/thrown-by.js";
import { benchOf, DAY, Job, START } from "./job.js";

const job = new Job(new ManualClock());

describe("a scheduler", () => {
  test.each([
    ["null", null, "`createScheduler` must be given an object with options (`checkpoints`,"],
    ["a path", "jobs.db", "`createScheduler` must be given an object with options (`checkpoints`,"],
    ["a misspelt option", { store: {} }, "`createScheduler` has no option `store`, only `checkpoints`,"],
    ["the path of a store", { checkpoints: "jobs.db" }, "`checkpoints` must be a store, such as `sqliteCheckpoints` makes, not"],
    ["one observer", { observers: {} }, "`observers` must be a list, not an object"],
  ])("is not made of %s", (_, options, message) => {
    const expected = { category: "configuration", code: "CANO7009", message: expect.stringContaining(message) as string };
    expect(thrownBy(() => createScheduler(options as never))).toMatchObject(expected);
  });

  const REFUSED: Readonly<Record<string, readonly [(scheduler: Scheduler) => unknown, message: string]>> = {
    "a workflow and an interval in the other order": [
      (scheduler) => scheduler.every("a", 1_000 as never, job as never, {} as never),
      "schedule `a` needs what the `create…()` of a generated module makes",
    ],
    "a workflow without a name": [
      (scheduler) => scheduler.cron(job as never, "@daily" as never, undefined as never, {} as never),
      "the name of a schedule must be a text of 1 to 200 characters",
    ],
    "a mode in the place of options": [
      (scheduler) => scheduler.every("a", job, 1_000, "rate" as never),
      "`every` must be given an object with options (`request`,",
    ],
    "a misspelt zone option": [
      (scheduler) => scheduler.cron("a", job, "@daily", { timezone: "Europe/Berlin" } as never),
      "`cron` has no option `timezone`, only `request`,",
    ],
    "an option of another kind": [
      (scheduler) => scheduler.at("a", job, START, { mode: "rate" } as never),
      "`at` has no option `mode`, only `request`,",
    ],
    "due times without any": [
      (scheduler) => scheduler.manual("a", job, { misfire: "once" } as never),
      "`manual` has no option `misfire`, only `request`, `overlap`, `backoff`, `onTrip`",
    ],
    "an input in the place of a request": [
      (scheduler) => scheduler.every("a", job, 1_000, { input: 1 } as never),
      "`every` has no option `input`, only `request`,",
    ],
    "a request that is none": [
      (scheduler) => scheduler.every("a", job, 1_000, { request: "daily" as never }),
      '`request` must be an object such as `{ input }`, or a function that makes one, not "daily"',
    ],
    "a back-off that is a word": [
      (scheduler) => scheduler.every("a", job, 1_000, { backoff: "exponential" as never }),
      "`backoff` must be given an object with options (`base`,",
    ],
    "a back-off that is null": [
      (scheduler) => scheduler.every("a", job, 1_000, { backoff: null as never }),
      "`backoff` must be given an object with options (`base`,",
    ],
    "a hook that is none": [
      (scheduler) => scheduler.every("a", job, 1_000, { onTrip: "mail" as never }),
      '`onTrip` must be a function, not "mail"',
    ],
  };

  test.each(Object.entries(REFUSED))("refuses %s, and registers nothing", (_, [register, message]) => {
    const scheduler = createScheduler();
    const expected = { category: "configuration", message: expect.stringContaining(message) as string };
    expect(thrownBy(() => register(scheduler))).toMatchObject(expected);
    expect(scheduler.has("a")).toBe(false);
  });

  test.each([
    ["finish", "`stop` must be given an object with options (`running`), not"],
    [{ running: "wait" }, '`running` must be "cancel" or "finish", not "wait"'],
    [{ runs: "finish" }, "`stop` has no option `runs`, only `running`"],
  ])("that is to be stopped with %j is not, and cancels nothing", async (options, message) => {
    const { scheduler, job: busy } = benchOf();
    busy.behaviour = "goes on";
    scheduler.manual("a", busy);
    await scheduler.start();
    await scheduler.trigger("a");
    const expected = { code: "CANO7009", message: expect.stringContaining(message) as string };
    await expect(scheduler.stop(options as never)).rejects.toMatchObject(expected);
    expect((await scheduler.status("a")).running).toHaveLength(1);
    await scheduler.stop();
  });

  test("is to be told which window it makes up for", async () => {
    const { scheduler, job: quick } = benchOf();
    scheduler.cron("a", quick, "@daily");
    await scheduler.start();
    await expect(scheduler.backfill("a", undefined as never)).rejects.toMatchObject({
      message: "`backfill` must be given an object with options (`from`, `to`, `concurrency`), not undefined",
    });
    await expect(scheduler.backfill("a", { from: START - DAY, until: START } as never)).rejects.toMatchObject({
      message: "`backfill` has no option `until`, only `from`, `to`, `concurrency`",
    });
    await scheduler.stop();
  });
});
