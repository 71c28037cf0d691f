/** Small durable machines for tests, driven by a dispatcher in the shape of the generated ones. */

import {
  type CompensatableTask,
  type DurableOptions,
  isCanoError,
  type Observer,
  type Supply,
  type Undoing,
  type WorkflowOptions,
} from "cano";
import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import {
  attempts,
  compensator,
  createDurable,
  type DurableRun,
  enter,
  type Graph,
  keepUndo,
  leave,
  proceed,
  Resources,
  undo,
  within,
} from "cano/codegen/v1";
import { ManualClock, RecordingObserver } from "cano/testing";
import { callOf, readConfig, type Step } from "../runtime/step.js";

type Input = Record<number, unknown>;
type Result = { readonly state: string; readonly output: unknown };
type Request = { readonly input?: unknown; readonly runId?: string; readonly signal?: AbortSignal };

/** A task of a test; with `compensate` it can be undone. */
export type DurableStep = Step | CompensatableTask<string, unknown>;

export interface Setting extends Partial<DurableOptions> {
  readonly clock?: ManualClock;
  readonly version?: number;
  readonly codecs?: NonNullable<WorkflowOptions["codecs"]>;
  readonly migrations?: NonNullable<WorkflowOptions["migrations"]>;
  readonly totalTimeout?: number;
  readonly compensationTimeout?: number;
  readonly observers?: readonly Observer[];
  readonly resources?: Supply<Record<string, unknown>>;
  /** What is warned of is not looked at, unless by this. */
  readonly warn?: (message: string) => void;
}

/** A machine of `tasks`, by name, the first of which is its initial state; `done` is the exit. Tasks return `[state, input]`, or a bare state. */
export function durableMachineOf(tasks: Readonly<Record<string, DurableStep>>, setting: Setting = {}) {
  const names = [...Object.keys(tasks), "done"];
  const { clock = new ManualClock(new Date("2026-01-01")), checkpoints = new MemoryCheckpoints(), version = 1 } = setting;
  const recorder = new RecordingObserver();
  const graph: Graph<string> = {
    name: "test",
    initial: [names[0] ?? ""],
    states: Object.fromEntries([
      ...Object.entries(tasks).map(([name, step]) => [
        name,
        { kind: "compensate" in step ? "compensatable" : "task", name, task: `Task_${name}`, targets: names },
      ]),
      ["done", { kind: "exit", name: "done" }],
    ]),
  };
  const parts = Object.entries(tasks).map(([name, step]) => ({
    call: callOf(name, step),
    policies: readConfig(name, step),
    isUndoable: "compensate" in step,
    isAttempted: !("step" in step || "open" in step || "isBare" in step),
  }));

  async function drive(run: DurableRun<Record<string, unknown>, Input>, start: number): Promise<Result> {
    let s = start;
    try {
      for (;;) {
        const part = parts[s];
        if (part === undefined) throw new RangeError(`no state has the number ${s}`);
        await enter(run, s);
        proceed(run, s);
        const { policies, isUndoable, call } = part;
        const work = (attempt: number): unknown => {
          const make = (): unknown => within(run, s, policies.attemptTimeout, call(run, s, attempt, policies), attempt);
          return isUndoable ? keepUndo(run, s, make) : make();
        };
        const next = await (part.isAttempted
          ? (policies.attempts ?? attemptsBy(policies))(run, s, work)
          : call(run, s, 1, policies));
        const [to, handed] = Array.isArray(next) ? (next as [string, unknown]) : [String(next), undefined];
        const number = names.indexOf(to);
        if (number === names.length - 1) return await leave(run, s, number, "done", handed);
        run.hand(number, handed);
        s = run.jump(s, number);
      }
    } catch (error) {
      throw await undo(run, s, error);
    }
  }

  const {
    totalTimeout,
    compensationTimeout,
    observers = [],
    resources = {},
    retention,
    migrations = {},
    codecs,
    warn = () => undefined,
  } = setting;
  const workflow = createDurable<Request, Record<string, unknown>, Input, Result>(
    {
      graph,
      states: names,
      drive,
      version,
      migrations,
      ...(codecs === undefined ? {} : { codecs }),
      resources: new Resources(resources),
      compensators: Object.fromEntries(
        Object.entries(tasks).flatMap(([name, step], s) => ("compensate" in step ? [[s, compensator(name, step)]] : [])),
      ),
      ...(totalTimeout === undefined ? {} : { totalTimeout }),
      ...(compensationTimeout === undefined ? {} : { compensationTimeout }),
    },
    {
      clock,
      checkpoints,
      random: () => 0.5,
      observers: [recorder, ...observers],
      log: { ...console, warn },
      ...(retention === undefined ? {} : { retention }),
    },
  );
  return { workflow, clock, recorder, checkpoints };
}

function attemptsBy(policies: ReturnType<typeof readConfig>) {
  return <T>(run: DurableRun<Record<string, unknown>, Input>, s: number, work: (attempt: number) => T): Promise<Awaited<T>> =>
    attempts(run, s, policies.retry, work);
}

/** What `run` comes to once all timers have fired, in a few words: `done 7`, or a category and a message. */
export async function toldBy(clock: ManualClock, run: Promise<Result | Undoing>): Promise<string> {
  let told = "never ended";
  run.then(
    (result) => (told = typeof result === "string" ? result : `${result.state} ${JSON.stringify(result.output)}`),
    (error: unknown) => (told = isCanoError(error) ? `${error.category}: ${error.message}` : String(error)),
  );
  await clock.runAll();
  return told;
}

/** The same log as another process sees it, once the process that had opened `store` is gone. */
export async function reopened(store: CheckpointStore): Promise<MemoryCheckpoints> {
  if (!(store instanceof MemoryCheckpoints)) throw new TypeError("only a store in memory can be shared like that");
  const next = new MemoryCheckpoints(store);
  await store.close();
  return next;
}
