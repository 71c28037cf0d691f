/** Small machines for the tests of the runtime, driven by a dispatcher in the shape of the generated ones. */

import { getEventListeners } from "node:events";
import { ManualClock, RecordingObserver } from "cano/testing";
import {
  type Admission,
  asBatch,
  asPoll,
  asTimer,
  batch,
  budget,
  context,
  createWorkflow,
  exit,
  fail,
  fork,
  type Graph,
  guards,
  observed,
  policies,
  poll,
  prepareBatch,
  preparePoll,
  prepareSplit,
  prepareStream,
  Resources,
  retry,
  type Run,
  steps,
  stream,
  timer,
  within,
} from "cano/codegen/v1";
import { expect } from "vitest";
import type {
  AnyBranch,
  BatchTask,
  BranchFactory,
  Context,
  Observer,
  PollTask,
  Split,
  SteppedTask,
  StreamTask,
  Supply,
  TaskConfig,
  TimerTask,
} from "cano";

type Input = Record<number, unknown>;

/** A plain task of a test: what it does, and its policies. Returns the next state's name, with what it hands over; `done` is the exit. */
export interface PlainStep {
  readonly config?: TaskConfig;
  run(resources: Record<string, unknown>, context: Context<unknown>): unknown;
}

/** A split of a test; its branches may be computed. */
export type AnySplit = Split<string, readonly AnyBranch[] | BranchFactory>;

/** A task of a test, of any kind. */
export type Step =
  | PlainStep
  | PollTask<unknown>
  | TimerTask<unknown>
  | BatchTask<unknown, unknown, unknown>
  | SteppedTask<unknown, unknown>
  | StreamTask<unknown, unknown, unknown, unknown>;

export interface Setting {
  readonly totalTimeout?: number;
  readonly observers?: readonly Observer[];
  readonly resources?: Supply<Record<string, unknown>>;
  readonly clock?: ManualClock;
  /** What is warned of is not looked at, unless by this. */
  readonly log?: { warn(message: string): unknown };
}

/** A machine of `tasks`, by name, the first of which is its initial state; a `Split` goes to its own `next`. */
export function machineOf(tasks: Readonly<Record<string, Step | AnySplit>>, setting: Setting = {}) {
  const names = [...Object.keys(tasks), "done"];
  const { clock = new ManualClock(), observers = [] } = setting;
  const recorder = new RecordingObserver();
  const graph: Graph<string> = {
    name: "test",
    initial: [names[0] ?? ""],
    states: Object.fromEntries([
      ...Object.entries(tasks).map(([name, step]) => [
        name,
        isSplit(step)
          ? { kind: "split", name, branches: [], targets: [step.options.next] }
          : { kind: "task", name, task: `Task_${name}`, targets: names },
      ]),
      ["done", { kind: "exit", name: "done" }],
    ]),
  };
  const parts = Object.entries(tasks).map(([name, step]) =>
    isSplit(step)
      ? ({
          split: prepareSplit(
            step,
            typeof step.branches === "function" ? [] : step.branches.map((_, at) => `Branch${at}`),
            [asBatch, asPoll, asTimer],
            readConfig,
          ),
          next: step.options.next,
        } as const)
      : ({
          call: callOf(name, isLoop(step) ? step : observed({ observers }, step)),
          isRetried: !("step" in step || "open" in step),
          policies: readConfig(name, step),
        } as const),
  );

  async function drive(run: Run<Record<string, unknown>, Input>, start: number): Promise<{ state: string; output: unknown }> {
    let s = start;
    try {
      for (;;) {
        const part = parts[s];
        if (part === undefined) throw new RangeError(`no state has the number ${s}`);
        run.watch?.enter(s);
        const next = part.split === undefined ? await attempt(run, s, part) : [part.next, await fork(run, s, part.split)];
        const [to, handed] = Array.isArray(next) ? next : [next, undefined];
        const number = names.indexOf(String(to));
        if (number === names.length - 1) return exit(run, s, number, "done", handed);
        run.hand(number, handed);
        s = run.jump(s, number);
      }
    } catch (error) {
      throw fail(run, s, error);
    }
  }

  async function attempt(
    run: Run<Record<string, unknown>, Input>,
    s: number,
    { call, isRetried, policies: policy }: Part,
  ): Promise<unknown> {
    if (!isRetried) return await call(run, s, 1, policy);
    const work = (number: number): unknown => within(run, s, policy.attemptTimeout, call(run, s, number, policy), number);
    if (isInline(policy)) {
      let admission: Admission | undefined;
      try {
        admission = policy.begin(run, s);
        const result = await work(1);
        admission.succeed(run);
        return result;
      } catch (error) {
        return await policy.goOn(run, s, admission, error, work);
      }
    }
    if (policy.attempts !== undefined) return await policy.attempts(run, s, work);
    try {
      return await work(1);
    } catch (error) {
      return await retry(run, s, policy.retry, error, work);
    }
  }

  const { totalTimeout, resources = {}, log } = setting;
  const workflow = createWorkflow<
    { input?: unknown; signal?: AbortSignal; runId?: string; state?: string },
    Record<string, unknown>,
    Input,
    { state: string; output: unknown }
  >(
    {
      graph,
      states: names,
      drive,
      resources: new Resources(resources),
      ...(totalTimeout === undefined ? {} : { guard: budget(totalTimeout) }),
    },
    {
      clock,
      random: () => 0.5,
      observers: [recorder, ...observers],
      ...(log === undefined ? {} : { log: { ...console, ...log } }),
    },
  );
  return { workflow, clock, recorder };
}

export type Policies = ReturnType<typeof policies>;
type Guards = ReturnType<typeof guards<PlainStep>>;

// The generator knows which configs let an attempt begin at once, and as one.
function isInline(policy: Policies): policy is Guards {
  return "begin" in policy && !["bulkhead", "rateLimit", "hedge"].some((key) => key in policy.config);
}

// The generator knows which of the two a config needs.
export function readConfig(name: string, task: { readonly config?: TaskConfig }): Policies {
  const read = policies(name, task);
  const isPlain = Object.keys(read.config).every((key) => key === "retry" || key === "attemptTimeout");
  return isPlain ? read : guards(name, task);
}

interface Part {
  readonly call: (run: Run<Record<string, unknown>, Input>, s: number, attempt: number, policy: Policies) => unknown;
  readonly isRetried: boolean;
  readonly policies: Policies;
}

/** What a generated dispatcher calls for a task of its kind. */
export function callOf(name: string, step: Step): Part["call"] {
  if ("poll" in step) {
    const prepared = preparePoll(name, step);
    return (run, s, number) => poll(run, s, prepared, number);
  }
  if ("afterWait" in step) return (run, s, number) => timer(run, s, step, number);
  if ("load" in step) {
    const prepared = prepareBatch(name, step);
    return (run, s, number) => batch(run, s, prepared, number);
  }
  if ("step" in step) return (run, s, _number, policy) => steps(run, s, step, policy);
  if ("open" in step) {
    const prepared = prepareStream(name, step);
    return (run, s) => stream(run, s, prepared);
  }
  return (run, s, number) => step.run(run.resources, context(run, s, number));
}

/** Whether a step is called in a loop by the runtime. */
function isLoop(step: Step): boolean {
  return !("run" in step);
}

function isSplit(step: object): step is AnySplit {
  return "kind" in step;
}

/** What a run comes to once all timers have fired: its result, or its error. */
export async function outcomeOf(
  machine: ReturnType<typeof machineOf>,
  request: Parameters<ReturnType<typeof machineOf>["workflow"]["orchestrate"]>[0] = {},
): Promise<unknown> {
  let outcome: unknown = "never ended";
  const run = machine.workflow.orchestrate(request).then(
    (result) => (outcome = result),
    (error: unknown) => (outcome = error),
  );
  await machine.clock.runAll();
  // A run that hangs is itself an outcome, so it is not awaited for ever.
  await Promise.race([run, new Promise((resolve) => setImmediate(resolve))]);
  if (request.signal !== undefined)
    expect(getEventListeners(request.signal, "abort"), "listeners that outlive the run").toEqual([]);
  expect(machine.clock.pending, "timers that outlive the run").toBe(0);
  return outcome;
}

/** Never settles. */
export const never = (): Promise<never> => new Promise(() => undefined);
