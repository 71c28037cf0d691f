/** What an application asks of a scheduler: to register, start, trigger, cancel and tell. How it ends is `stop.test.ts`. */

import { describe, expect, test } from "vitest";
import { createScheduler, type EveryOptions } from "cano/scheduler";
import { MemoryCheckpoints } from "cano/checkpoints";
import { thrownBy } from "../runtime/thrown-by.js";
import { benchOf, DAY, HOUR, Job, MINUTE, START } from "./job.js";

describe("registration", () => {
  const { job } = benchOf();
  const refused: Record<
    string,
    [code: string, text: string, register: (scheduler: ReturnType<typeof createScheduler>) => unknown]
  > = {
    "a second schedule of a name": [
      "CANO7035",
      "a schedule `poll` already exists",
      (scheduler) => scheduler.every("poll", job, 1).cron("poll", job, "@daily"),
    ],
    "an empty name": ["CANO7034", "1 to 200 characters", (scheduler) => scheduler.manual("", job)],
    "a name that is too long": ["CANO7034", "1 to 200 characters", (scheduler) => scheduler.manual("x".repeat(201), job)],
    "a name with a NUL": ["CANO7034", "without NULs", (scheduler) => scheduler.manual("a\0b", job)],
    "a name with half a character": [
      "CANO7034",
      'without NULs and halves of characters, not "half \\ud800"',
      (scheduler) => scheduler.manual("half \ud800", job),
    ],
    "an interval of 0": [
      "CANO7009",
      "`interval` must be a finite number of milliseconds above 0, not 0",
      (scheduler) => scheduler.every("a", job, 0),
    ],
    "an interval below 0": ["CANO7009", "not -1", (scheduler) => scheduler.every("a", job, -1)],
    "an interval that is no number": ["CANO7009", "not NaN", (scheduler) => scheduler.every("a", job, Number.NaN)],
    "an interval without an end": [
      "CANO7009",
      "not Infinity",
      (scheduler) => scheduler.every("a", job, Number.POSITIVE_INFINITY),
    ],
    "an interval below a millisecond": [
      "CANO7034",
      "1 millisecond or more, not 0.5",
      (scheduler) => scheduler.every("a", job, 0.5),
    ],
    "an invalid expression": [
      "CANO7032",
      "invalid cron expression `61 * * * *`",
      (scheduler) => scheduler.cron("a", job, "61 * * * *"),
    ],
    "an unknown time zone": [
      "CANO7033",
      "there is no time zone `Europe/Berln`",
      (scheduler) => scheduler.cron("a", job, "@daily", { timeZone: "Europe/Berln" }),
    ],
    "a workflow as it was declared": [
      "CANO7034",
      "schedule `a` needs what the `create…()` of a generated module makes",
      (scheduler) => scheduler.manual("a", { states: {}, tasks: {} } as unknown as Job),
    ],
    "no workflow": ["CANO7034", "schedule `a` needs", (scheduler) => scheduler.every("a", undefined as unknown as Job, HOUR)],
    "a time that is none": ["CANO7034", "`time` must be a date", (scheduler) => scheduler.at("a", job, new Date("soon"))],
    "bounds the wrong way round": [
      "CANO7034",
      "`from` must not lie after `until`",
      (scheduler) => scheduler.every("a", job, 1, { from: 2, until: 1 }),
    ],
    "a bound that is no time": [
      "CANO7034",
      "`until` must be a date",
      (scheduler) => scheduler.every("a", job, 1, { until: Number.NaN }),
    ],
    "a grace below 0": ["CANO7009", "`grace`", (scheduler) => scheduler.every("a", job, 1, { grace: -1 })],
    "a jitter that is no number": ["CANO7009", "`jitter`", (scheduler) => scheduler.every("a", job, 1, { jitter: Number.NaN })],
    "one run at once, as `allow`": [
      "CANO7009",
      "`overlap.allow` must be a whole number, 2 or more",
      (scheduler) => scheduler.every("a", job, 1, { overlap: { allow: 1 } }),
    ],
    "nothing to catch up with": [
      "CANO7009",
      "`misfire.catchUp`",
      (scheduler) => scheduler.every("a", job, 1, { misfire: { catchUp: 0 } }),
    ],
    "a back-off without a base": [
      "CANO7009",
      "`backoff.base`",
      (scheduler) => scheduler.every("a", job, 1, { backoff: { base: -1 } }),
    ],
    "a trip at 0": [
      "CANO7009",
      "`backoff.trip` must be a whole number, 1 or more",
      (scheduler) => scheduler.every("a", job, 1, { backoff: { trip: 0 } }),
    ],
    "a policy that there is not": [
      "CANO7034",
      '`overlap` must be `"skip"`, `"queue"`, `"cancel"` or `{ allow: n }`',
      (scheduler) => scheduler.every("a", job, 1, { overlap: "wait" } as unknown as EveryOptions),
    ],
    "a misfire that there is not": [
      "CANO7034",
      '`misfire` must be `"skip"`, `"once"` or `{ catchUp: n }`',
      (scheduler) => scheduler.every("a", job, 1, { misfire: "all" } as unknown as EveryOptions),
    ],
    "no policy at all": [
      "CANO7034",
      '`overlap` must be `"skip"`, `"queue"`, `"cancel"` or `{ allow: n }`',
      (scheduler) => scheduler.every("a", job, 1, { overlap: null } as unknown as EveryOptions),
    ],
    "a misfire of null": [
      "CANO7034",
      '`misfire` must be `"skip"`, `"once"` or `{ catchUp: n }`',
      (scheduler) => scheduler.every("a", job, 1, { misfire: null } as unknown as EveryOptions),
    ],
    "a mode that there is not": [
      "CANO7034",
      '`mode` must be `"delay"` or `"rate"`',
      (scheduler) => scheduler.every("a", job, 1, { mode: "fast" } as unknown as EveryOptions),
    ],
  };

  test.each(Object.entries(refused))("%s is refused", (_, [code, text, register]) => {
    const error = thrownBy(() => register(createScheduler()));
    expect(error).toMatchObject({ category: "configuration", code });
    expect((error as Error).message).toContain(text);
  });

  test("a scheduler is refused what it cannot do", () => {
    expect(thrownBy(() => createScheduler({ stopTimeout: 0 }))).toMatchObject({ category: "configuration", code: "CANO7009" });
    expect(thrownBy(() => createScheduler({ history: -1 }))).toMatchObject({ category: "configuration", code: "CANO7009" });
    const { schedules: _, ...without } = new MemoryCheckpoints();
    expect(thrownBy(() => createScheduler({ checkpoints: without as unknown as MemoryCheckpoints }))).toMatchObject({
      code: "CANO7040",
    });
  });

  test("later than the start is taken up by the next start", async () => {
    const { clock, scheduler, job: first } = benchOf();
    const second = new Job(clock);
    scheduler.every("first", first, HOUR);
    await expect(scheduler.trigger("first")).rejects.toMatchObject({ code: "CANO7037", message: "the scheduler is not started" });
    await scheduler.start();
    scheduler.every("second", second, HOUR);
    expect(scheduler.has("second")).toBe(true);
    await expect(scheduler.trigger("second")).rejects.toMatchObject({
      code: "CANO7037",
      message: "schedule `second` was registered after `start()`: call that again",
    });
    await scheduler.start();
    await clock.advance(HOUR);
    expect([first.starts, second.starts]).toEqual([1, 1]);
    expect([first.begun, second.begun]).toEqual([
      [0, HOUR],
      [0, HOUR],
    ]);
    await scheduler.stop();
  });
});

describe("an unknown name", () => {
  const { scheduler, job } = benchOf();
  scheduler.manual("repair", job);
  const calls = ["trigger", "pause", "unpause", "cancel", "reset", "status", "next"] as const;
  test.each(calls)("is refused by `%s`", async (call) => {
    await expect(scheduler[call]("repare")).rejects.toMatchObject({
      category: "configuration",
      code: "CANO7036",
      message: "there is no schedule `repare`: there are `repair`",
    });
  });
  test("is refused by `backfill`, and known to `has`", async () => {
    await expect(scheduler.backfill("repare", { from: 0, to: 1 })).rejects.toMatchObject({ code: "CANO7036" });
    expect(scheduler.has("repare")).toBe(false);
  });
});

describe("the start", () => {
  test("starts each workflow once, and fires nothing when one cannot be started", async () => {
    const { clock, job, scheduler } = benchOf();
    const broken = new Job(clock);
    let isDown = true;
    broken.start = async () => {
      if (isDown) throw new Error("no database");
    };
    scheduler.every("a", job, HOUR).every("b", job, HOUR).every("c", broken, HOUR);
    await expect(scheduler.start()).rejects.toThrow("no database");
    await clock.advance(HOUR);
    expect(job.requests).toEqual([]);
    isDown = false;
    await scheduler.start();
    await clock.advance(0);
    expect(job.requests).toHaveLength(2);
    await scheduler.stop();
  });

  test("comes first", async () => {
    const { scheduler, job } = benchOf();
    scheduler.manual("repair", job);
    await expect(scheduler.trigger("repair")).rejects.toMatchObject({ category: "workflow", code: "CANO7037" });
    expect(await scheduler.status("repair")).toMatchObject({ status: "idle", fired: 0, next: undefined });
  });
});

describe("a trigger", () => {
  test("fires at once, and resolves before the run has ended", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.cron("report", job, "@daily", { request: { input: "now" } }).start();
    await clock.advance(HOUR);
    await job.end();
    const firing = await scheduler.trigger("report");
    expect(firing).toEqual({
      schedule: "report",
      due: START + HOUR,
      cause: "trigger",
      runId: "report/2026-01-01T01:00:00.000Z",
      at: START + HOUR,
    });
    expect(job.requests.at(-1)).toMatchObject({ runId: firing.runId, input: "now" });
    await scheduler.stop();
  });

  test("is refused while a run is in progress", async () => {
    const { clock, job, scheduler } = benchOf();
    job.behaviour = "goes on";
    await scheduler.every("poll", job, HOUR).start();
    await clock.advance(0);
    await expect(scheduler.trigger("poll")).rejects.toMatchObject({ category: "workflow", code: "CANO7038" });
    expect((await scheduler.status("poll")).skipped).toBe(0);
    await scheduler.stop();
  });

  test("waits for the run with `queue`, and ends it with `cancel`", async () => {
    const { clock, job, scheduler, events } = benchOf();
    job.behaviour = "goes on";
    scheduler.manual("patient", job, { overlap: "queue" }).manual("urgent", job, { overlap: "cancel" });
    await scheduler.start();
    await scheduler.trigger("patient");
    const waiting = await scheduler.trigger("patient");
    expect((await scheduler.status("patient")).waiting).toBe(waiting.due);
    await job.end();
    expect(job.requests.map(({ runId }) => runId)).toEqual(["patient/2026-01-01T00:00:00.000Z", waiting.runId]);
    await job.end();
    events.length = 0;
    await scheduler.trigger("urgent");
    await scheduler.trigger("urgent");
    await clock.advance(0);
    expect(events.map((event) => event.split(" ")[0])).toEqual(["fired", "cancelled", "fired"]);
    await scheduler.stop();
  });

  test("a hundred in one millisecond are a hundred runs with ids of their own", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.manual("repair", job, { overlap: { allow: 100 } }).start();
    await Promise.all(Array.from({ length: 100 }, () => scheduler.trigger("repair")));
    await clock.advance(0);
    expect(new Set(job.dues).size).toBe(100);
    await scheduler.stop();
  });

  test("finds a moment of its own, also where every millisecond is due, and where one that is over may be made up for yet", async () => {
    const { clock, job, scheduler } = benchOf();
    scheduler.every("busy", job, 1, { mode: "rate", from: START + 10 }).every("paused", job, MINUTE, { mode: "rate" });
    await scheduler.start();
    await scheduler.pause("paused");
    await scheduler.trigger("busy");
    await clock.advance(2 * MINUTE);
    const { due } = await scheduler.trigger("paused");
    expect(due).toBe(START + 2 * MINUTE + 1);
    await scheduler.trigger("busy");
    await scheduler.stop();
  });
});

describe("requests", () => {
  test("are made from the firing, where they are functions", async () => {
    const { clock, job, scheduler } = benchOf();
    const request = async ({ due }: { due: number }): Promise<object> => ({ input: { day: new Date(due).getUTCDate() } });
    await scheduler.cron("report", job, "@daily", { request }).start();
    await clock.advance(2 * DAY);
    expect(job.requests.map(({ input }) => input)).toEqual([{ day: 1 }, { day: 2 }, { day: 3 }]);
    await scheduler.stop();
  });

  test("that cannot be made are failures", async () => {
    const { clock, job, scheduler } = benchOf();
    const request = (): never => {
      throw new Error("no calendar");
    };
    await scheduler.every("poll", job, HOUR, { request }).start();
    await clock.advance(0);
    expect(await scheduler.status("poll")).toMatchObject({ streak: 1, last: { outcome: "failed", error: "no calendar" } });
    await scheduler.stop();
  });

  test("cannot take the scheduler's place", async () => {
    const { clock, job, scheduler } = benchOf();
    await scheduler.every("poll", job, HOUR, { request: { runId: "mine" } } as object).start();
    await clock.advance(0);
    expect(job.dues).toEqual(["2026-01-01T00:00:00.000Z"]);
    await scheduler.stop();
  });
});

describe("cancel", () => {
  test("cancels the runs in progress, and only those", async () => {
    const { clock, job, scheduler, events } = benchOf();
    await scheduler.every("poll", job, HOUR).start();
    await clock.advance(0);
    await scheduler.cancel("poll");
    job.behaviour = "goes on";
    await clock.advance(HOUR);
    await scheduler.cancel("poll");
    await clock.advance(0);
    expect(events).toEqual(["fired 00:00:00", "completed 00:00:00", "fired 01:00:00", "cancelled 01:00:00"]);
    await clock.advance(HOUR);
    expect(job.ongoing).toHaveLength(1);
    await scheduler.stop();
  });
});

test("the list has every schedule in the order in which it was registered", async () => {
  const { job, scheduler } = benchOf();
  await scheduler
    .manual("z", job)
    .every("a", job, HOUR)
    .cron("m", job, "@daily")
    .at("b", job, START + 1)
    .start();
  const list = await scheduler.list();
  expect(list.map(({ schedule, kind, workflow }) => `${schedule} ${kind} ${workflow}`)).toEqual([
    "z manual job",
    "a every job",
    "m cron job",
    "b at job",
  ]);
  await scheduler.stop();
});
