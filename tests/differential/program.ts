/** Prints a random machine as the source that a user would write. */

import { carries, FALLBACK_VALUE, type MachineSpec, type Policy, type SplitSpec, type TaskSpec } from "./spec.js";

/** The source of a workflow called `name`; its tasks do what the `script` resource tells them. */
export function printProgram(spec: MachineSpec, name: string): string {
  const members = [
    ...spec.states.map((_, place) => `S${place} = "s${place}"`),
    ...spec.exits.map((_, exit) => `X${exit} = "x${exit}"`),
  ];
  const classes = spec.states.map((state, place) =>
    state.kind === "split" ? printBranches(spec, state, place) : printTask(spec, state, place),
  );
  const bindings = spec.states.map(
    (state, place) => `    [M.S${place}]: ${state.kind === "split" ? printSplit(spec, state, place) : `Task${place}`},`,
  );
  return `import { all, any, type Branch, circuitBreaker, type CompensatableTask, type Context, fixed, partialResults, partialTimeout, percentage, quorum, type RouterTask, split, type Task, to, undoable, workflow } from "cano";
import type { Script } from "./script.js";

enum M { ${members.join(", ")} }

export const breakers = [${spec.breakers.map(({ threshold, reset }) => `circuitBreaker({ failureThreshold: ${threshold}, resetTimeout: ${reset} })`).join(", ")}] as const;

${classes.join("\n\n")}

export const ${name} = workflow({
  states: M,
  initial: M.S0,
  exits: [${spec.exits.map((_, exit) => `M.X${exit}`).join(", ")}],
  tasks: {
${bindings.join("\n")}
  },${spec.totalTimeout === undefined ? "" : `\n  totalTimeout: ${spec.totalTimeout},`}${spec.durable ? "\n  durable: true,\n  version: 1," : ""}
});
`;
}

function printTask(spec: MachineSpec, task: TaskSpec, place: number): string {
  const [interfaceName, method] = {
    task: ["Task<M>", "run"],
    router: ["RouterTask<M>", "route"],
    compensatable: ["CompensatableTask<M, number>", "run"],
  }[task.kind];
  const input = task.takesInput ? "input" : "0";
  const left = (target: string): string => (task.kind === "compensatable" ? `undoable(${target}, ${place})` : target);
  const cases = task.targets.map((target, choice) => `      case ${choice}: return ${left(printTarget(spec, target))};`);
  const context = printContext(spec, task);
  const step = `script.step(${place}, -1${spec.durable ? ", idempotencyKey, attempt" : ""})`;
  const pick = `    switch (step.choice < 0 ? -1 : step.choice % ${task.targets.length}) {\n${cases.join("\n")}\n      default: throw script.failure(step);\n    }`;
  const head = `class Task${place} implements ${interfaceName} {\n${printConfig(task.policy, printGuards(spec, task))}${printUndo(spec, task, place)}`;
  if (task.mode === "mixed") {
    return `${head}  ${method}({ script }: { script: Script }${context}) {
    const step = ${step};
    return step.after === 0 && step.choice !== -2 ? this.pick(script, step, ${input}) : script.wait(step).then(() => this.pick(script, step, ${input}));
  }

  private pick(script: Script, step: ReturnType<Script["step"]>, input: number) {
${pick}
  }
}`;
  }
  const [async, wait] = task.mode === "async" ? ["async ", "\n    await script.wait(step);"] : ["", ""];
  const unused = task.takesInput ? "" : "\n    const input = 0;";
  return `${head}  ${async}${method}({ script }: { script: Script }${context}) {
    const step = ${step};${wait}${unused}
${pick}
  }
}`;
}

// A compensation of a synchronous task is one, too.
function printUndo(spec: MachineSpec, { kind, mode, undo }: TaskSpec, place: number): string {
  if (kind !== "compensatable") return "";
  const retry = undo.retries > 0 ? `  readonly compensateConfig = { retry: fixed(${JSON.stringify(undo)}) };\n\n` : "";
  const [async, wait] = mode === "sync" ? ["", ""] : ["async ", " await script.wait(step);"];
  const keyed = spec.durable ? [", { idempotencyKey, attempt }: Context", ", idempotencyKey, attempt"] : ["", ""];
  return `${retry}  ${async}compensate({ script }: { script: Script }, _: number${keyed[0]}) {
    const step = script.undo(${place}${keyed[1]});${wait}
    if (step.choice < 0) throw script.failure(step);
  }

`;
}

function printContext({ durable }: MachineSpec, { takesInput }: { readonly takesInput: boolean }): string {
  const taken = [...(takesInput ? ["input"] : []), ...(durable ? ["idempotencyKey", "attempt"] : [])];
  return taken.length === 0 ? "" : `, { ${taken.join(", ")} }: Context${takesInput ? "<number>" : ""}`;
}

function printTarget({ states, exits }: MachineSpec, target: number, value = "input + 1"): string {
  const name = target < states.length ? `M.S${target}` : `M.X${target - states.length}`;
  return carries({ states, exits }, target) ? `to(${name}, ${value})` : name;
}

function printBranches(spec: MachineSpec, split: SplitSpec, place: number): string {
  const context = printContext(spec, split);
  const keyed = spec.durable ? ", idempotencyKey, attempt" : "";
  const value = split.takesInput ? "input" : "0";
  const [async, wait] = split.mode === "async" ? ["async ", "\n    await script.wait(step);"] : ["", ""];
  const classes = split.branches.map(
    (policy, branch) => `class Branch${place}x${branch} implements Branch {
${printConfig(policy)}  ${async}run({ script }: { script: Script }${context}) {
    const step = script.step(${place}, ${branch}${keyed});${wait}
    if (step.choice < 0) throw script.failure(step);
    return ${value} * 10 + ${branch};
  }
}`,
  );
  return classes.join("\n\n");
}

function printSplit({ states }: MachineSpec, split: SplitSpec, place: number): string {
  const joins = {
    all: "all()",
    any: "any()",
    quorum: `quorum(${split.needed})`,
    percentage: `percentage(${split.needed / split.branches.length})`,
    partialResults: `partialResults(${split.needed})`,
    partialTimeout: "partialTimeout()",
  };
  const next = split.next < states.length ? `M.S${split.next}` : `M.X${split.next - states.length}`;
  const options = [`join: ${joins[split.strategy]}`, `next: ${next}`, `settle: "${split.settle}"`];
  // Not written down as a literal: of attempts that are longer, many are drawn, and they would be refused.
  if (split.timeout !== undefined) options.push(`timeout: Number("${split.timeout}")`);
  if (split.bulkhead !== undefined) options.push(`bulkhead: ${split.bulkhead}`);
  return `split([${split.branches.map((_, branch) => `Branch${place}x${branch}`).join(", ")}], { ${options.join(", ")} })`;
}

function printGuards(spec: MachineSpec, { breaker, fallback }: TaskSpec): readonly string[] {
  const guards = [];
  if (breaker !== undefined) guards.push(`breaker: breakers[${breaker}]`);
  if (fallback !== undefined) guards.push(`fallback: ${printTarget(spec, fallback, String(FALLBACK_VALUE))}`);
  return guards;
}

function printConfig({ retries, delay, timeout }: Policy, guards: readonly string[] = []): string {
  const options = [...guards];
  if (retries > 0) options.push(`retry: fixed({ retries: ${retries}, delay: ${delay} })`);
  if (timeout !== undefined) options.push(`attemptTimeout: ${timeout}`);
  return options.length === 0 ? "" : `  readonly config = { ${options.join(", ")} };\n\n`;
}
