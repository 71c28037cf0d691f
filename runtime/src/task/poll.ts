/** The loop of a poll task. What a poll declares is `poll-task.ts`. */

import { requireCount } from "../errors/require.js";
import { isRetryable } from "../resilience/retry-loop.js";
import { exponential } from "../resilience/retry.js";
import type { AnyRun } from "../run/any-run.js";
import { beginAttempt, type AttemptContext } from "../run/task-context.js";
import { taskFacts } from "../run/task-name.js";
import { sleep } from "../run/timers.js";
import { Pending, type Settled } from "../transition.js";
import { Breath, breathe } from "./breath.js";
import type { Kind } from "./kind.js";
import type { PollTask } from "./poll-task.js";

/** A poll whose options are complete and in range. */
export interface PreparedPoll<T> {
  readonly task: T;
  /** How many failures in a row are passed over. */
  readonly tolerated: number;
  /** The delay of the k-th wait in a row. */
  readonly delay: (k: number, random: () => number) => number;
}

/** Makes a poll ready to run, once per workflow object; `name` is its class's. Throws `configuration` when an option is out of range. */
export function preparePoll<T extends PollTask<unknown>>(name: string, task: T): PreparedPoll<T> {
  const { pollErrors = "fail", backoff } = task;
  const tolerated = pollErrors === "fail" ? 0 : pollErrors.tolerate;
  requireCount(`pollErrors.tolerate\` of \`${name}`, tolerated);
  if (backoff === undefined) return { task, tolerated, delay: () => 0 };
  const policy = exponential({ ...backoff, retries: Number.MAX_SAFE_INTEGER });
  return { task, tolerated, delay: (k, random) => policy.delay(k, undefined, random) ?? 0 };
}

/** Polls in state `s` until the answer is there. */
export function poll<T extends PollTask<unknown>>(
  run: AnyRun,
  s: number,
  prepared: PreparedPoll<T>,
  attempt = 1,
): Promise<Exclude<Settled<T["poll"]>, Pending>> {
  // What is no `pending()` is the poll's answer, whatever its type.
  return pollUntilReady(prepared, run.resources, beginAttempt(run, s, attempt)) as Promise<never>;
}

/** A poll as a branch of a split. */
export const asPoll: Kind = {
  kind: "poll",
  method: "poll",
  prepare: (name, branch) => {
    const prepared = preparePoll(name, branch as unknown as PollTask<unknown>);
    return (resources, context) => pollUntilReady(prepared, resources, context);
  },
};

async function pollUntilReady(
  { task, tolerated, delay }: PreparedPoll<PollTask<unknown>>,
  resources: unknown,
  context: AttemptContext<unknown>,
): Promise<unknown> {
  const { run, index, attempt } = context;
  const { random } = context.home;
  const breath = new Breath();
  let failures = 0;
  for (let waits = 0; ; waits++) {
    let answer: unknown;
    let rest: number | undefined;
    try {
      // The generator has proved that the task takes these resources and this input.
      answer = await task.poll(resources as never, context as never);
    } catch (error) {
      failures++;
      if (context.stopped !== undefined || failures > tolerated || !isRetryable(error)) throw error;
      run.watch?.tell(index, ["tolerated", taskFacts(context, index, attempt, { error })]);
      rest = delay(waits, random);
    }
    if (context.stopped !== undefined) throw context.stopped;
    if (rest === undefined) {
      const pause = answer instanceof Pending ? answer : undefined;
      if (run.watch?.heard.hooks.poll === true)
        run.watch.tell(index, ["poll", taskFacts(context, index, attempt, { ready: pause === undefined })]);
      if (pause === undefined) return answer;
      // Who is told may have ended the run.
      if (context.stopped !== undefined) throw context.stopped;
      failures = 0;
      rest = pause.delay ?? delay(waits, random);
    }
    if (rest !== 0) await sleep(context, rest);
    else if (breath.isDue()) await breathe(context);
  }
}
