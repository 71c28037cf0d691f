/** Makes a workflow object of a machine whose tasks are all synchronous: the same, and `runSync`. */

import { CanoError } from "../errors/cano-error.js";
import type { Run } from "../run/run.js";
import { objectOf } from "./create-workflow.js";
import { type AnyRequest, createEngine, type Definition, prepareRun } from "./engine.js";
import { watchRun } from "./guard-run.js";
import type { Options, SyncOrchestrator } from "./options.js";

/** A {@link Definition} whose dispatcher returns its result, not a promise. */
export interface SyncDefinition<R extends object, I, Result> extends Omit<Definition<R, I, Result>, "drive" | "guard"> {
  readonly drive: (run: Run<R, I>, start: number) => Result;
}

/** Makes a workflow object with `runSync`. `Q` is what its `orchestrate` and `runSync` take. */
export function createSyncWorkflow<Q, R extends object, I, Result>(
  definition: SyncDefinition<R, I, Result>,
  options: Options = {},
): SyncOrchestrator<Q, Result> {
  const { drive, resources, graph } = definition;
  const engine = createEngine({ ...definition, drive: async (run: Run<R, I>, start) => drive(run, start) }, options);
  const runSync = (request?: AnyRequest): Result => {
    if (resources?.plain === false) {
      const message = `workflow \`${graph.name}\` cannot run synchronously, a resource of it has hooks or is made per run: use \`orchestrate\``;
      throw new CanoError("configuration", message, { code: "CANO7013" });
    }
    const run = prepareRun(engine, request, resources?.values ?? engine.none);
    const signal = request?.signal;
    if (signal === undefined && engine.home.observers.length === 0) return drive(run, run.start);
    const { watch, unwatch } = watchRun(engine, run, signal);
    try {
      if (run.stopped !== undefined) throw run.stopped;
      const result = watch.drive(() => drive(run, run.start));
      watch.ended();
      return result;
    } catch (error) {
      watch.ended(error);
      throw error;
    } finally {
      unwatch();
    }
  };
  // The object takes any request; `Q` says which ones make sense for this machine.
  return Object.assign(objectOf<Q, R, I, Result>(engine, options), {
    runSync: runSync as SyncOrchestrator<Q, Result>["runSync"],
  });
}
