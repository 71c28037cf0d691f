/** `cano-gen explain-cron`. What is found is in `cron/`; here is how it is shown. */

import { describe, expect, test } from "vitest";
import type { JsonReport } from "../diagnostics/json.js";
import type { JsonCron } from "./run-explain-cron.js";
import { type Invocation, runMain } from "./testing/run-main.js";

const now = Date.UTC(2026, 2, 28);

function explain(expression: string, more = ""): Promise<Invocation> {
  const options = more.split(" ").filter((word) => word !== "");
  return runMain(["explain-cron", expression, ...options], "/", { now: () => now });
}

test("words, and the next ten firings from now on, in UTC", async () => {
  const { code, stdout, stderr } = await explain("0 9 * * MON-FRI");
  expect([code, stderr]).toEqual([0, ""]);
  expect(stdout.split("\n").slice(0, 4)).toEqual([
    "At 09:00, Monday through Friday (UTC)",
    "",
    "  2026-03-30T09:00:00+00:00  2026-03-30T09:00:00Z",
    "  2026-03-31T09:00:00+00:00  2026-03-31T09:00:00Z",
  ]);
  expect(stdout.trimEnd().split("\n")).toHaveLength(12);
});

describe("the clocks change", () => {
  test("and a time does not exist", async () => {
    const { stdout } = await explain("30 2 * * *", "--tz Europe/Berlin --from 2026-03-28 -n 3");
    expect(stdout).toBe(`At 02:30, every day (Europe/Berlin)

  2026-03-28T02:30:00+01:00  2026-03-28T01:30:00Z
  2026-03-29T03:30:00+02:00  2026-03-29T01:30:00Z  moved: the clocks skip the time that the expression names
  2026-03-30T02:30:00+02:00  2026-03-30T00:30:00Z
`);
  });

  test("and a time comes twice", async () => {
    const { stdout } = await explain("30 2 * * *", "--tz Europe/Berlin --from 2026-10-25 -n 1");
    expect(stdout).toBe(`At 02:30, every day (Europe/Berlin)

  2026-10-25T02:30:00+02:00  2026-10-25T00:30:00Z  the clocks show this time twice: it fires once, the first time
`);
  });
});

test("JSON", async () => {
  const { code, stdout } = await explain("*/30 * * * *", "--tz Europe/Berlin --from 2026-10-25T00:30Z -n 2 --format json");
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    version: 1,
    expression: "*/30 * * * *",
    timeZone: "Europe/Berlin",
    meaning: "At 0 and 30 minutes past the hour, every hour, every day",
    firings: [
      { local: "2026-10-25T02:30:00+02:00", utc: "2026-10-25T00:30:00.000Z", change: "twice" },
      { local: "2026-10-25T02:00:00+01:00", utc: "2026-10-25T01:00:00.000Z", change: "twice" },
    ],
  } satisfies JsonCron);
});

describe("what is wrong is said as in a source", () => {
  test("of the expression and of the zone", async () => {
    expect(await explain("0 24 * * *", "--tz Europe/Berln")).toEqual({
      code: 1,
      stdout: "",
      stderr: `error CANO3024: invalid cron expression \`0 24 * * *\`: \`24\` in the hour field is out of range
help: the field takes 0 to 23

error CANO3026: there is no time zone \`Europe/Berln\`
help: write \`Europe/Berlin\`

2 errors
`,
    });
  });

  test("of what never comes, as JSON", async () => {
    const { code, stdout } = await explain("0 0 30 2 *", "--format json");
    expect(code).toBe(1);
    expect((JSON.parse(stdout) as JsonReport).diagnostics.map(({ message }) => message)).toEqual([
      "invalid cron expression `0 0 30 2 *`: it never comes, since no month of `2` has a day of `30`",
    ]);
  });
});

test("`--from` is a date", async () =>
  expect(await explain("@daily", "--from 2026-02-30")).toEqual({
    code: 2,
    stdout: "",
    stderr: "cano-gen: `--from` is an ISO date, as in `2026-03-28` or `2026-03-28T12:00Z`, not `2026-02-30`\n",
  }));
