/** Small machines whose steps can be undone, in the shape of the generated ones: `name` does something, or fails, and goes to the next in the list. */

import type { CompensatableTask, Context } from "cano";
import { compensator, context, createSaga, exit, type Graph, keepUndo, type SagaRun, undo } from "cano/codegen/v1";
import { ManualClock, RecordingObserver } from "cano/testing";
import { undoable } from "cano";

/** A step of a saga. */
export interface SagaStep {
  /** What it does, besides being told; `undefined` is left by one with nothing to undo. */
  readonly run?: (context: Context<unknown>) => unknown;
  /** What undoing it does, besides being told; without it the step cannot be undone. */
  readonly undo?: (output: unknown, context: Context<unknown>) => unknown;
  readonly config?: CompensatableTask<string, unknown>["compensateConfig"];
}

export interface SagaSetting {
  readonly totalTimeout?: number;
  readonly compensationTimeout?: number;
  readonly tick?: number;
}

/** The machine of `steps`, one after the other, and what it does: `a`, `undo a`. */
export function sagaOf(steps: Readonly<Record<string, SagaStep>>, { tick, ...setting }: SagaSetting = {}) {
  const names = [...Object.keys(steps), "done"];
  const clock = new ManualClock();
  const recorder = new RecordingObserver();
  const log: string[] = [];
  const warnings: string[] = [];
  const tasks = Object.entries(steps).map(([name, step]) => ({
    name,
    isUndoable: step.undo !== undefined,
    ...(step.config === undefined ? {} : { compensateConfig: step.config }),
    async run(_: unknown, given: Context<unknown>) {
      log.push(name);
      const output: unknown = step.run === undefined ? name : await step.run(given);
      return step.undo === undefined || output === undefined ? name : undoable(name, output);
    },
    async compensate(_: unknown, output: unknown, given: Context<unknown>) {
      log.push(`undo ${String(output)}`);
      await step.undo?.(output, given);
    },
  }));
  const graph: Graph<string> = {
    name: "saga",
    initial: [names[0] ?? ""],
    states: Object.fromEntries([
      ...tasks.map(({ name, isUndoable }, at) => [
        name,
        { kind: isUndoable ? "compensatable" : "task", name, task: `Task_${name}`, targets: names.slice(at + 1, at + 2) },
      ]),
      ["done", { kind: "exit", name: "done" }],
    ]),
  };

  async function drive(
    run: SagaRun<object, Record<number, unknown>>,
    start: number,
  ): Promise<{ state: string; output: unknown }> {
    let s = start;
    try {
      for (;;) {
        const task = tasks[s];
        if (task === undefined) throw new RangeError(`no state has the number ${s}`);
        run.watch?.enter(s);
        const work = (): Promise<unknown> => task.run(run.resources, context<Record<number, unknown>, number>(run, s));
        await (task.isUndoable ? keepUndo(run, s, work) : work());
        if (s + 1 === tasks.length) return exit(run, s, s + 1, "done", undefined);
        run.hand(s + 1, `from ${task.name}`);
        s++;
      }
    } catch (error) {
      throw await undo(run, s, error);
    }
  }

  const compensators = Object.fromEntries(
    tasks.flatMap((task, s) => (task.isUndoable ? [[s, compensator(task.name, task as never)]] : [])),
  );
  const workflow = createSaga<
    { input?: unknown; signal?: AbortSignal },
    object,
    Record<number, unknown>,
    { state: string; output: unknown }
  >(
    { graph, states: names, drive, compensators, ...setting },
    {
      clock,
      observers: [recorder],
      log: { ...console, warn: (text: string) => warnings.push(text) },
      ...(tick === undefined ? {} : { tick }),
    },
  );
  return { workflow, clock, recorder, log, warnings };
}

/** What a run of the saga comes to once all timers have fired: its exit, or its error. */
export async function endOf({ workflow, clock }: ReturnType<typeof sagaOf>, signal?: AbortSignal): Promise<unknown> {
  let outcome: unknown = "never ended";
  workflow.orchestrate(signal === undefined ? {} : { signal }).then(
    ({ state }) => (outcome = state),
    (error: unknown) => (outcome = error),
  );
  await clock.runAll();
  return outcome;
}
