/** Small machines for the tests of the runtime, driven by a dispatcher in the shape of the generated ones. */

import { getEventListeners } from "node:events";
import { ManualClock, RecordingObserver } from "cano/testing";
import {
  type Admission,
  asBatch,
  asPoll,
  asTimer,
  budget,
  createWorkflow,
  exit,
  fail,
  fork,
  type Graph,
  observed,
  prepareSplit,
  Resources,
  retry,
  type Run,
  within,
} from "cano/codegen/v1";
import { expect } from "vitest";
import {
  type AnySplit,
  type Call,
  callOf,
  type Input,
  isInline,
  isLoop,
  isSplit,
  type Policies,
  readConfig,
  type Step,
} from "./step.js";
import type { Log, Observer, Supply } from "cano";

export interface Setting {
  readonly totalTimeout?: number;
  readonly observers?: readonly Observer[];
  readonly resources?: Supply<Record<string, unknown>>;
  readonly clock?: ManualClock;
  /** What is warned of is not looked at, unless by this. */
  readonly log?: { warn?(message: string): unknown; child?(fields: object): Log };
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

interface Part {
  readonly call: Call;
  readonly isRetried: boolean;
  readonly policies: Policies;
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
