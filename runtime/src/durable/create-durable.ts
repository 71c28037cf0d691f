/** Makes a workflow object of a generated dispatcher whose runs are stored. */

import { objectOf } from "../engine/create-workflow.js";
import { createEngine, type Definition, type MakeRun } from "../engine/engine.js";
import { loadOnDemand } from "../engine/load-on-demand.js";
import type { Lease } from "../engine/resources.js";
import { outOfRange, requireCount } from "../errors/require.js";
import { requireMethod, requireOptions } from "../errors/require-shape.js";
import type { Codecs } from "../payload/payload.js";
import type { Compensator } from "../saga/compensator.js";
import { sagaOf } from "../saga/saga-of.js";
import { AnyDurableRun } from "./any-durable-run.js";
import { DurableEngine } from "./durable-engine.js";
import type { DurableRun } from "./durable-run.js";
import type { Firable, FiredRequest } from "./fired.js";
import type { Migrations } from "./migrate.js";
import type { DurableOptions, DurableOrchestrator, ResumeOptions } from "./options.js";
import { resumeAll } from "./resume-all.js";
import { UNDO } from "./rollback.js";
import { runsOf } from "./runs.js";

/** A {@link Definition} of a durable machine. */
export interface DurableDefinition<R extends object, I, Result> extends Omit<Definition<R, I, Result>, "drive" | "guard"> {
  readonly drive: (run: DurableRun<R, I>, start: number) => Promise<Result>;
  readonly version: number;
  readonly migrations?: Migrations;
  readonly codecs?: Codecs;
  /** By the dispatcher's numbers of their states. */
  readonly compensators?: Readonly<Record<number, Compensator>>;
  /** Milliseconds. */
  readonly totalTimeout?: number;
  readonly compensationTimeout?: number;
}

/** Makes a workflow object. `Q` is what its `orchestrate` takes. Throws `configuration` when there is no store, or a timeout, the tick or the version is out of range. */
export function createDurable<Q, R extends object, I, Result>(
  definition: DurableDefinition<R, I, Result>,
  options: DurableOptions,
): DurableOrchestrator<Q, Result> {
  const { drive, totalTimeout, version, migrations = {}, ...machine } = definition;
  const { resources } = definition;
  requireCount("version", version, 1);
  requireStore(options);
  const saga = sagaOf(definition, options);
  const forgets = options.retention === "clear";
  // Every run of this engine is made here.
  const makeRun: MakeRun = (...run) => new AnyDurableRun(...run, saga, forgets) as never;
  const engine = createEngine<R, I, Result>(
    { ...machine, makeRun, drive: (run, s) => drive(run as DurableRun<R, I>, s) },
    options,
  );
  Object.assign(engine.home, { codecs: definition.codecs, version });
  const durable = new DurableEngine(engine, options.checkpoints, version, totalTimeout, migrations);
  const use = <T>(begin: (...lease: Lease<R>) => Promise<T>, request?: FiredRequest): Promise<T> =>
    resources === undefined ? begin(engine.none) : resources.use(begin, request);
  const resume = (runId: string, signal: AbortSignal | undefined): Promise<Result> =>
    use((...lease) => durable.resume(runId, signal, ...lease));
  const object: DurableOrchestrator<unknown, Result> & Firable = {
    ...objectOf<Q, R, I, Result>(engine, options),
    // One that goes on, or is undone, needs its resources even when it is cancelled meanwhile.
    orchestrate: (request?: FiredRequest) => use((...lease) => durable.begin(request, ...lease), request),
    resume: async (runId, given) => await resume(runId, resumeSignal(given)),
    resumeAll: async (given = {}) => await resumeAll(durable, given, (runId) => resume(runId, given.signal)),
    async compensate(runId) {
      const error = await use((...lease) => durable.rollBack(runId, UNDO, ...lease));
      if (error?.category === "compensation_failed") throw error;
      return error === undefined ? "ended" : "undone";
    },
    health: async () => (await loadOnDemand()).workflowHealth(engine, options, options.checkpoints),
    runs: runsOf(durable, use),
    failureOfFired: async (runId) => await durable.failure(durable.nameOf(runId)),
    async forgetFired(runId) {
      const ended = { ...durable.nameOf(runId), statuses: ["completed", "compensated"], limit: 1 } as const;
      if (forgets) await options.checkpoints.prune(ended);
    },
  };
  // The object takes any request; `Q` says which ones make sense for this machine.
  return object;
}

/** What is missing here would be missed when a run is to be stored, or not at all. */
function requireStore({ checkpoints, retention = "keep" }: DurableOptions): void {
  requireMethod("checkpoints", checkpoints, "begin", "a store, such as `sqliteCheckpoints` makes");
  // Beyond its type: a word that it does not know would keep all runs.
  if (!["keep", "clear"].includes(retention)) throw outOfRange("retention", '"keep" or "clear"', retention);
}

/** The signal that a run is resumed with. Throws `configuration` when it is given without its name, and would be left out. */
function resumeSignal(given: ResumeOptions = {}): AbortSignal | undefined {
  requireOptions<ResumeOptions>("resume", given, { signal: 1 });
  return given.signal;
}
