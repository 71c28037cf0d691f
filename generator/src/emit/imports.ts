/** Keeps account of what a generated module uses of the runtime, so that it imports that and nothing else. */

const TYPES = new Set([
  "Admission",
  "DurableOptions",
  "DurableOrchestrator",
  "DurableRun",
  "Exit",
  "Graph",
  "HandedTo",
  "InputOf",
  "JoinedOf",
  "Options",
  "Orchestrator",
  "PreparedBatch",
  "PreparedPoll",
  "PreparedStream",
  "Request",
  "RequestAt",
  "ResourcesOf",
  "ReturnedBy",
  "Run",
  "SagaRun",
  "StateOf",
  "Supply",
  "SyncOrchestrator",
]);

/** Everything that `cano/codegen/v1` offers to a generated module. */
export const RUNTIME_NAMES: readonly string[] = [
  ...TYPES,
  "Resources",
  "asBatch",
  "asPoll",
  "asTimer",
  "attempts",
  "batch",
  "budget",
  "compensator",
  "context",
  "createDurable",
  "createSaga",
  "createSyncWorkflow",
  "createWorkflow",
  "enter",
  "exit",
  "fail",
  "fork",
  "guards",
  "keepUndo",
  "leave",
  "observed",
  "policies",
  "poll",
  "prepareBatch",
  "preparePoll",
  "prepareSplit",
  "prepareStream",
  "proceed",
  "retry",
  "steps",
  "stream",
  "timer",
  "undo",
  "unexpectedTarget",
  "within",
];

/** See the file's first line. */
export class Imports {
  private readonly used = new Set<string>();

  /** `renamed` are the names that mean something else in the module, with what they are called there. */
  constructor(private readonly renamed: ReadonlyMap<string, string>) {}

  /** Notes that `name` is used; returns what it is called. */
  use(name: string): string {
    this.used.add(name);
    return this.renamed.get(name) ?? name;
  }

  /** The import specifiers, sorted, types marked as such. */
  specifiers(): readonly string[] {
    return [...this.used].sort(alphabetically).map((name) => {
      const local = this.renamed.get(name);
      return `${TYPES.has(name) ? "type " : ""}${name}${local === undefined ? "" : ` as ${local}`}`;
    });
  }
}

/** Orders names without regard to case first, so that the order does not depend on a locale. */
export function alphabetically(a: string, b: string): number {
  const [x, y] = [a.toLowerCase(), b.toLowerCase()];
  if (x !== y) return x < y ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
