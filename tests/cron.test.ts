/** What the generator says of cron expressions is what the runtime does: both refuse the same ones, and see the same times. */

import { expect, test } from "vitest";
import { findCronTimes } from "../generator/src/cron/cron-times.js";
import { findCronProblem } from "../generator/src/cron/find-cron-problem.js";
import { isZone } from "../generator/src/cron/zones.js";
import { CronTable, type CronTimes } from "../runtime/src/scheduler/cron.js";

const FROM = Date.UTC(2026, 2, 28);

function readByRuntime(expression: string, timeZone: string): CronTimes | undefined {
  try {
    return new CronTable().of(expression, timeZone);
  } catch {
    return undefined;
  }
}

test.each(["* * * * *", "30 2 * * *", "15,45 2 * * *", "0 */6 L * 1#2", "*/20 2-3 * 3,10 *", "@hourly", " 0 30 2 * * 7 "])(
  "`%s` comes at the same times",
  (expression) => {
    const generator = findCronTimes(expression.trim(), "Europe/Berlin");
    const runtime = new CronTable().of(expression, "Europe/Berlin");
    let time: number | undefined = FROM;
    for (let count = 0; count < 50 && time !== undefined; count++) {
      const next: number | undefined = runtime.after(time);
      expect(generator?.after(time)).toBe(next);
      time = next;
    }
    expect(time).toBeGreaterThan(FROM);
  },
);

test.each(["", "* * * *", "* * * * * * *", "60 * * * *", "0 0 30 2 *", "@reboot", "@Daily", "5-1 * * * *", "*/0 * * * *"])(
  "`%s` is refused",
  (expression) => {
    expect(findCronProblem(expression)).toBeDefined();
    expect(readByRuntime(expression, "UTC")).toBeUndefined();
  },
);

test.each(["UTC", "Europe/Berlin", "europe/berlin", "EST", "+02:00", "Europe/Berln", ""])("the time zone `%s`", (zone) =>
  expect(isZone(zone)).toBe(readByRuntime("* * * * *", zone) !== undefined),
);
