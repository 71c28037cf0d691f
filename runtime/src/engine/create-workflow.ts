/** Makes a workflow object of a generated dispatcher. How runs begin and end is `engine.ts`. */

import { type AnyRequest, beginRun, createEngine, type Definition, type Engine } from "./engine.js";
import { loadOnDemand } from "./load-on-demand.js";
import type { Options, Orchestrator } from "./options.js";

/** Makes a workflow object. `Q` is what its `orchestrate` takes. */
export function createWorkflow<Q, R extends object, I, Result>(
  definition: Definition<R, I, Result>,
  options: Options,
): Orchestrator<Q, Result> {
  return objectOf(createEngine(definition, options), options);
}

/** The workflow object of an engine. */
export function objectOf<Q, R extends object, I, Result>(
  engine: Engine<R, I, Result>,
  options: Options,
): Orchestrator<Q, Result> {
  const { graph, resources } = engine.definition;
  const close = (): Promise<void> => (engine.closing ??= resources?.close() ?? Promise.resolve());
  const object: Orchestrator<unknown, Result> = {
    graph,
    orchestrate(request?: AnyRequest) {
      return resources === undefined
        ? beginRun(engine, request, engine.none)
        : resources.use((...lease) => beginRun(engine, request, ...lease), request);
    },
    start: async () => resources?.start(),
    close,
    health: () => loadOnDemand().then(({ workflowHealth }) => workflowHealth(engine, options)),
    [Symbol.asyncDispose]: close,
  };
  // The object takes any request; `Q` says which ones make sense for this machine.
  return object;
}
