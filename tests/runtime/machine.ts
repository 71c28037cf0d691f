/** Small machines for the tests of the runtime, driven by a dispatcher in the shape of the generated ones. */

import { getEventListeners } from "node:events";
import { ManualClock, RecordingObserver } from "cano/testing";
import {
  budget,
  context,
  createWorkflow,
  exit,
  fail,
  fork,
  type Graph,
  policies,
  prepareSplit,
  Resources,
  retry,
  type Run,
  within,
} from "cano/codegen/v1";
import { expect } from "vitest";
import type { Branch, Context, Observer, Split, Supply, TaskConfig } from "cano";

type Input = Record<number, unknown>;

/** A task of a test: what it does, and its policies. Returns the next state's name; `done` is the exit. */
export interface Step {
  readonly config?: TaskConfig;
  run(resources: Record<string, unknown>, context: Context<unknown>): unknown;
}

export interface Setting {
  readonly totalTimeout?: number;
  readonly observers?: readonly Observer[];
  readonly resources?: Supply<Record<string, unknown>>;
}

/** A machine of `steps`, by name, the first of which is its initial state; a `Split` goes to its own `next`. */
export function machineOf(steps: Readonly<Record<string, Step | Split<string, readonly Branch[]>>>, setting: Setting = {}) {
  const names = [...Object.keys(steps), "done"];
  const clock = new ManualClock();
  const recorder = new RecordingObserver();
  const graph: Graph<string> = {
    name: "test",
    initial: [names[0] ?? ""],
    states: Object.fromEntries([
      ...Object.entries(steps).map(([name, step]) => [
        name,
        isSplit(step)
          ? { kind: "split", name, branches: [], targets: [step.options.next] }
          : { kind: "task", name, task: `Task_${name}`, targets: names },
      ]),
      ["done", { kind: "exit", name: "done" }],
    ]),
  };
  const parts = Object.entries(steps).map(([name, step]) =>
    isSplit(step)
      ? ({
          split: prepareSplit(
            step,
            step.branches.map((_, at) => `Branch${at}`),
          ),
          next: step.options.next,
        } as const)
      : ({ step, policies: policies(name, step) } as const),
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
    { step, policies: policy }: { step: Step; policies: ReturnType<typeof policies> },
  ): Promise<unknown> {
    try {
      return await within(run, s, policy.attemptTimeout, step.run(run.resources, context(run, s)));
    } catch (error) {
      return await retry(run, s, policy.retry, error, (number) =>
        within(run, s, policy.attemptTimeout, step.run(run.resources, context(run, s, number))),
      );
    }
  }

  const { totalTimeout, observers = [], resources = {} } = setting;
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
      ...(totalTimeout === undefined ? {} : { totalTimeout: budget(totalTimeout) }),
    },
    { clock, random: () => 0.5, observers: [recorder, ...observers] },
  );
  return { workflow, clock, recorder };
}

function isSplit(step: object): step is Split<string, readonly Branch[]> {
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
