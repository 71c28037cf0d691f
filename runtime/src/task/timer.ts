/** Runs a timer task: asks how long, waits, goes on. What a timer declares is `timer-task.ts`. */

import { CanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { AnyRun } from "../run/any-run.js";
import { beginAttempt, type AttemptContext } from "../run/task-context.js";
import { clockOf, sleep } from "../run/timers.js";
import type { VisitLog } from "../run/visit-log.js";
import { LAST_TIME } from "../time/last-time.js";
import type { Settled } from "../transition.js";
import type { Kind } from "./kind.js";
import type { Due, TimerTask } from "./timer-task.js";

/** Runs the timer `task` in state `s`. */
export function timer<T extends TimerTask<unknown>>(
  run: AnyRun,
  s: number,
  task: T,
  attempt = 1,
): Promise<Settled<T["afterWait"]>> {
  return waitThenGoOn(task, run.resources, beginAttempt(run, s, attempt), run.visitLog) as Promise<never>;
}

/** A timer as a branch of a split. */
export const asTimer: Kind = {
  kind: "timer",
  method: "afterWait",
  prepare: (_name, branch) => (resources, context) => waitThenGoOn(branch as unknown as TimerTask<unknown>, resources, context),
};

async function waitThenGoOn(
  task: TimerTask<unknown>,
  resources: unknown,
  context: AttemptContext<unknown>,
  log?: VisitLog,
): Promise<unknown> {
  const at = log?.takeDue() ?? (await askDue(task, resources, context, log));
  context.due = new Date(at);
  const delay = at - clockOf(context.home).epoch();
  if (delay > 0) await sleep(context, delay);
  // Also where there was nothing to wait for: it may have been called off on the way here.
  if (context.stopped !== undefined) throw context.stopped;
  return await task.afterWait(resources as never, context as never);
}

async function askDue(
  task: TimerTask<unknown>,
  resources: unknown,
  context: AttemptContext<unknown>,
  log: VisitLog | undefined,
): Promise<number> {
  // The generator has proved that the task takes these resources and this input.
  const due = await task.wait(resources as never, context as never);
  if (context.stopped !== undefined) throw context.stopped;
  const at = timeOf(due, clockOf(context.home).epoch());
  await log?.recordDue(at);
  return at;
}

/** The point in time, in milliseconds since 1970. */
function timeOf(due: Due, now: number): number {
  const isDelay = typeof due === "number";
  const at = isDelay ? now + due : due instanceof Date ? due.getTime() : due?.epochMilliseconds;
  // No date is later: who waits for ever is told of that one.
  if (Number.isFinite(at) && !(isDelay && due < 0)) return Math.min(at, LAST_TIME);
  const wanted = "a finite number of milliseconds, 0 or more, or a valid point in time";
  throw new CanoError("configuration", `\`wait\` must return ${wanted}, not ${textOf(due)}`, { code: "CANO7009" });
}
