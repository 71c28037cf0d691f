/** The scheduler: a year of minutes under a manual clock, ten thousand schedules at the start and while they wait, and what decisions cost in SQLite. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cron } from "croner";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { createScheduler } from "cano/scheduler";
import { ManualClock } from "cano/testing";
import { median, say, sayGoal } from "./measure.mjs";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const SCHEDULES = 10_000;
const ROUNDS = 3;

/** Does nothing, at once. */
const job = { graph: { name: "job" }, async orchestrate() {}, async start() {} };

/** Measures the scheduler and says what came of it. */
export async function benchScheduler() {
  say(`\nthe scheduler`);
  await yearOfMinutes();
  await manySchedules();
  await storedSchedules();
}

async function yearOfMinutes() {
  const years = [];
  const empty = [];
  for (let round = 0; round < ROUNDS; round++) {
    const clock = new ManualClock(Date.UTC(2026, 0, 1));
    const scheduler = createScheduler({ clock }).every("minutely", job, MINUTE, { mode: "rate" });
    await scheduler.start();
    years.push(await timed(() => clock.advance(365 * DAY)));
    await scheduler.stop();
    empty.push(await timed(() => turns(365 * 24 * 60)));
  }
  const [year, turning] = [median(years), median(empty)];
  say(
    `  ${"a year of minutes".padEnd(32)} ${year.toFixed(0).padStart(8)} ms, ${(year / turning).toFixed(1)} x as many turns of the event loop`,
  );
  sayGoal("a year of a minutely schedule", year, 2_000, "ms");
}

/** One for each firing. */
async function turns(count) {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function manySchedules() {
  const ours = [];
  const theirs = [];
  let idle = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const scheduler = createScheduler();
    for (let at = 0; at < SCHEDULES; at++) register(scheduler, at);
    ours.push(await timed(() => scheduler.start()));
    idle = await cpuOf(2_000);
    await scheduler.stop();
    const crons = [];
    theirs.push(
      await timed(() => {
        for (let at = 0; at < SCHEDULES; at++)
          crons.push(new Cron(expressionOf(at), { timezone: "Europe/Berlin" }, () => job.orchestrate()));
      }),
    );
    for (const cron of crons) cron.stop();
  }
  const [start, croner] = [median(ours), median(theirs)];
  say(
    `  ${"10,000 schedules are started".padEnd(32)} ${start.toFixed(0).padStart(8)} ms, croner's ${(croner / start).toFixed(1)} x`,
  );
  say(`  ${"and wait for two seconds".padEnd(32)} ${(idle / 1_000).toFixed(1).padStart(8)} ms of CPU`);
  sayGoal("start of 10,000 schedules", start, 1_000, "ms");
}

/** Half of them intervals, half of them expressions, of which a thousand differ. */
function register(scheduler, at) {
  if (at % 2 === 0) scheduler.every(`every ${at}`, job, 60 * MINUTE, { mode: "rate", from: Date.now() + 60 * MINUTE + at });
  else scheduler.cron(`cron ${at}`, job, expressionOf(at), { timeZone: "Europe/Berlin" });
}

function expressionOf(at) {
  return `${at % 60} ${Math.floor(at / 60) % 17} 1 1 *`;
}

async function storedSchedules() {
  const folder = mkdtempSync(join(tmpdir(), "cano-bench-"));
  const checkpoints = sqliteCheckpoints(join(folder, "runs.db"));
  const scheduler = createScheduler({ checkpoints });
  for (let at = 0; at < SCHEDULES; at++) register(scheduler, at);
  const start = await timed(() => scheduler.start());
  scheduler.manual("triggered", job, { overlap: { allow: 1_000 } });
  await scheduler.start();
  const each = [];
  for (let at = 0; at < 200; at++) each.push(await timed(() => scheduler.trigger("triggered")));
  await scheduler.stop();
  await checkpoints.close();
  rmSync(folder, { recursive: true });
  say(
    `  ${"the same, kept in SQLite".padEnd(32)} ${start.toFixed(0).padStart(8)} ms, and ${median(each).toFixed(2)} ms for each firing`,
  );
}

async function timed(work) {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function cpuOf(ms) {
  const before = process.cpuUsage();
  await new Promise((resolve) => setTimeout(resolve, ms));
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
