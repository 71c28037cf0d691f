/** A process that runs a schedule together with others, until somebody kills it: `<database> <schema> <file of effects> <start> <until>`. */

import { appendFileSync } from "node:fs";
import type { Clock } from "cano";
import { createScheduler } from "cano/scheduler";
import type { Scenario } from "../durable/scenario.js";
import { openPlace } from "../durable/worker.js";

/** The date passes so many times as fast as ours, for schedules; for the workflow much faster. */
const HASTE = 100;
const WORK_HASTE = 1_000_000;

/** The name of the schedule. */
export const SCHEDULE = "payroll";
/** Between two due times, in milliseconds of the schedule. */
export const INTERVAL = 10_000;

/** See the file's first line. */
export async function runSchedule(scenario: Scenario): Promise<void> {
  const [database = "", schema = "", effects = "", start = "", until = ""] = process.argv.slice(2);
  const checkpoints = openPlace(database, schema);
  const workflow = scenario.create({ checkpoints, clock: hastyClock(Number(start), WORK_HASTE) }, async (what, key) => {
    appendFileSync(effects, `${JSON.stringify([what, key])}\n`);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 3));
  });
  const scheduler = createScheduler({ checkpoints, clock: hastyClock(Number(start), HASTE), log: quiet });
  await scheduler
    .every(SCHEDULE, workflow, INTERVAL, {
      mode: "rate",
      from: 0,
      until: Number(until),
      overlap: { allow: 50 },
      misfire: { catchUp: 1_000 },
      request: scenario.request,
    })
    .start();
  console.log("started");
}

/** All processes see the same date, which is 1970 at `start`, in our milliseconds. */
function hastyClock(start: number, haste: number): Clock {
  return {
    now: () => performance.now() * haste,
    epoch: () => (Date.now() - start) * haste,
    schedule(callback, delay) {
      const timer = setTimeout(callback, delay / haste);
      return () => clearTimeout(timer);
    },
  };
}

const ignore = (): void => undefined;
const quiet = { debug: ignore, info: ignore, warn: ignore, error: ignore };
