/** Makes a workflow object of a machine whose tasks are all synchronous: the same, and `runSync`. */

import { type AnyRequest, cancelRun, type Definition, WorkflowObject } from "./create-workflow.js";
import { CanoError } from "./errors.js";
import type { Options, SyncOrchestrator } from "./options.js";
import type { Run } from "./run.js";

/** A {@link Definition} whose dispatcher returns its result, not a promise. A total timeout has nothing to interrupt in it. */
export interface SyncDefinition<R extends object, I, Result> extends Omit<Definition<R, I, Result>, "drive"> {
  drive(run: Run<R, I>, start: number): Result;
}

/** Makes a workflow object with `runSync`. `Q` is what its `orchestrate` and `runSync` take. */
export function createSyncWorkflow<Q, R extends object, I, Result>(
  definition: SyncDefinition<R, I, Result>,
  options: Options = {},
): SyncOrchestrator<Q, Result> {
  // The object takes any request; `Q` says which ones make sense for this machine.
  return new SyncWorkflowObject<R, I, Result>(definition, options) as SyncOrchestrator<unknown, Result> as SyncOrchestrator<
    Q,
    Result
  >;
}

class SyncWorkflowObject<R extends object, I, Result> extends WorkflowObject<R, I, Result> {
  constructor(
    private readonly machine: SyncDefinition<R, I, Result>,
    options: Options,
  ) {
    super({ ...machine, drive: async (run, start) => machine.drive(run, start) }, options);
  }

  runSync(request: AnyRequest = {}): Result {
    const { resources } = this.machine;
    if (resources?.tracked === true) {
      const reason = "a resource of it has hooks or is made per run";
      throw new CanoError(
        "configuration",
        `workflow \`${this.graph.name}\` cannot run synchronously, ${reason}: use \`orchestrate\``,
        {
          code: "CANO7013",
        },
      );
    }
    const { run, start } = this.prepare(request, resources?.values ?? ({} as R));
    if (request.signal === undefined) return this.machine.drive(run, start);
    const cancel = (): void => cancelRun(run, request.signal);
    const unlisten = this.signals.listen(request.signal, cancel);
    try {
      if (request.signal.aborted) cancel();
      if (run.stopped !== undefined) throw run.stopped;
      return this.machine.drive(run, start);
    } finally {
      unlisten();
    }
  }
}
