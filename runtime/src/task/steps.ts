/** The loop of a stepped task. What it declares is `stepped-task.ts`. */

import { decodePayload, encodePayload } from "../payload/payload.js";
import { within } from "../resilience/attempt-timeout.js";
import type { Policies } from "../resilience/policies.js";
import { attempts } from "../resilience/retry-loop.js";
import { none } from "../resilience/retry.js";
import type { FallbackOf } from "../resilience/task-config.js";
import type { AnyRun } from "../run/any-run.js";
import { beginAttempt } from "../run/task-context.js";
import { More, type Settled } from "../transition.js";
import { Breath, breathe } from "./breath.js";
import type { SteppedTask } from "./stepped-task.js";

type Outcome<T extends SteppedTask<unknown, unknown>> = Exclude<Settled<T["step"]>, More<unknown>> | FallbackOf<T>;

const UNBOUNDED: Policies = { retry: none, attemptTimeout: undefined, config: {}, attempts: undefined };

/** Takes the steps of `task` in state `s` until one names the next state. */
export async function steps<T extends SteppedTask<unknown, unknown>>(
  run: AnyRun,
  s: number,
  task: T,
  policies: Policies = UNBOUNDED,
): Promise<Outcome<T>> {
  const { retry: policy, attemptTimeout } = policies;
  const breath = new Breath();
  const stored = run.visitLog?.takeCursor();
  let cursor = stored?.text;
  for (let number = stored?.steps ?? 0; ; number++) {
    const step = (attempt: number): unknown => {
      const context = beginAttempt(run, s, attempt, number);
      // The generator has proved that the task takes these resources, this input and its own cursor.
      const copy: unknown = cursor === undefined ? undefined : decodePayload(run.home, cursor);
      return within(run, s, attemptTimeout, task.step(run.resources as never, copy, context as never));
    };
    const outcome = await (policies.attempts === undefined ? attempts(run, s, policy, step) : policies.attempts(run, s, step));
    const done = !(outcome instanceof More);
    if (run.stopped === undefined) run.watch?.step(s, done);
    if (done) return outcome as Outcome<T>;
    if (run.stopped !== undefined) throw run.stopped;
    cursor = encodePayload(run.home, `the cursor of state \`${run.graphState(s).name}\``, outcome.cursor);
    if (run.visitLog !== undefined) await run.visitLog.recordCursor(cursor, number + 1);
    if (breath.isDue()) await breathe(run);
  }
}
