/** What may be registered, and when: each thing that is not valid is refused with its code, and a later start takes up what is new. */

import { describe, expect, test } from "vitest";
import { createScheduler, type EveryOptions } from "cano/scheduler";
import { MemoryCheckpoints } from "cano/checkpoints";
import { thrownBy } from "../runtime/thrown-by.js";
import { benchOf, HOUR, Job } from "./job.js";

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
    // Numbers of a kind for JavaScript: the year 1970, in which a stored schedule would fire at once.
    "a date that is not there": ["CANO7034", "`time` must be a date", (scheduler) => scheduler.at("a", job, null as never)],
    "a date that is an empty text": ["CANO7034", 'not ""', (scheduler) => scheduler.at("a", job, "" as never)],
    "a bound that is not there": [
      "CANO7034",
      "`until` must be a date, or its milliseconds since 1970, not null",
      (scheduler) => scheduler.every("a", job, 1, { until: null as never }),
    ],
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
