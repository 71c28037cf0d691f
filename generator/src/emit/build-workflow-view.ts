/** One workflow of a generated module, ready to be printed. */

import type { Machine, Node, SplitNode, TaskNode } from "../model/machine.js";
import { camelCase } from "../model/generated-names.js";
import { buildParts } from "./build-parts.js";
import { buildGraphStates, buildInputs, buildRequestType, buildResourcesType, buildResults } from "./build-types.js";
import { buildSettings } from "./build-settings.js";
import { buildLayout, type Layout } from "./layout.js";
import { isCalled, preparationOf } from "./calls.js";
import { memberAccess } from "../text/member-access.js";
import { commentText, literal } from "./names.js";
import type { WorkflowView } from "./view.js";
import { isShort } from "./wrap.js";
import { hasPolicies, stateExpression, type Words } from "./words.js";

/** See the file's first line. `typeNames` are the names under which the classes of tasks are imported, by place. */
export function buildWorkflowView(words: Words, typeNames: readonly (string | undefined)[]): WorkflowView {
  const { machine, imports, prefix } = words;
  const layout = buildLayout(machine);
  const sync = isSynchronous(machine);
  const result = `${prefix}Result`;
  const parts = buildParts(words, layout);
  for (const name of ["Graph", "StateOf"]) imports.use(name);
  const resources = buildResourcesType(words);
  if (resources !== "") for (const name of ["Resources", "Supply"]) imports.use(name);
  const inputs = buildInputs(words, layout);
  const inputsType = inputs.length > 0 ? words.inputsType : "object";
  const durable = words.flavour.kind === "durable";
  const settled = sync ? (type: string) => type : (type: string) => `Promise<${type}>`;
  return {
    name: commentText(machine.name),
    nameLiteral: literal(machine.name),
    workflow: words.workflow,
    destructured: buildPattern(words),
    tasks: words.tasks,
    statesType: words.statesType,
    tasksType: words.tasksType,
    inputsType,
    states: words.states,
    stateType: `${prefix}State`,
    resourcesType: `${prefix}Resources`,
    requestType: `${prefix}Request`,
    resultType: result,
    optionsType: `${prefix}Options`,
    objectType: imports.use(sync ? "SyncOrchestrator" : durable ? "DurableOrchestrator" : "Orchestrator"),
    graph: `${camelCase(machine.name)}Graph`,
    factory: `create${prefix}`,
    resources,
    request: buildRequestType(words),
    results: buildResults(words),
    inputs,
    initialStates: machine.initial.map((place) => stateExpression(words, place)).join(", "),
    graphStates: buildGraphStates(words),
    bindings: buildBindings(words, typeNames),
    numbered: numbered(words, layout),
    settings: buildSettings(words, layout),
    runType: `${imports.use(words.flavour.run)}<${resources === "" ? "object" : `${prefix}Resources`}, ${inputsType}>`,
    outset: words.flavour.outset,
    failure: words.flavour.failure(),
    baseOptions: imports.use(durable ? "DurableOptions" : "Options"),
    needsOptions: resources !== "" || durable,
    create: imports.use(sync ? "createSyncWorkflow" : CREATE[words.flavour.kind]),
    await: sync ? "" : "await ",
    functionWord: sync ? "function" : "async function",
    driveResult: settled(result),
    partResult: settled(`number | ${result}`),
    single: parts.length === 1,
    parts,
  };
}

const CREATE = { plain: "createWorkflow", saga: "createSaga", durable: "createDurable" } as const;

/** The pattern that takes the state set and the bindings out of the workflow; the states of a tuple are literals. */
function buildPattern({ machine, states, tasks }: Words): string {
  const bindings = tasks === "tasks" ? tasks : `tasks: ${tasks}`;
  return machine.statesKind === "tuple"
    ? `{ ${bindings} }`
    : `{ ${states === "states" ? states : `states: ${states}`}, ${bindings} }`;
}

/** Whether a run of the machine never waits: every task is proven synchronous, and nothing retries, splits, times out or is stored. */
function isSynchronous({ nodes, totalTimeout, durable }: Machine): boolean {
  return (
    !totalTimeout &&
    !durable &&
    nodes.every((node) => node.kind === "exit" || (node.kind !== "split" && node.synchronous && !hasPolicies(node)))
  );
}

/** The constants that hold the tasks, and their policies where they have some. */
function buildBindings(words: Words, typeNames: readonly (string | undefined)[]): readonly string[] {
  return words.machine.nodes.flatMap((node, place) => {
    if (node.kind === "exit") return [];
    const name = words.taskNames[place] ?? "";
    if (node.kind === "split") return [`const ${name} = ${preparedSplit(words, node, place)};`];
    const bound = node.form === "class" ? `new ${boundTo(words, node, place)}()` : boundTo(words, node, place);
    // What the runtime calls in a loop, it has observed by itself.
    const task = isCalled(node.kind) ? `${words.imports.use("observed")}(options, ${bound})` : bound;
    const type = typeNames[place];
    const prepare = preparationOf(node.kind);
    const binding = `const ${name}${type === undefined ? "" : `: ${typeOf(words, node, type)}`} = ${
      prepare === undefined ? task : `${words.imports.use(prepare)}(${literal(node.name)}, ${task})`
    };`;
    if (!hasPolicies(node)) return [binding];
    const configured = prepare === undefined ? name : `${name}.task`;
    const policies = `${words.imports.use(node.guarded === "no" ? "policies" : "guards")}(${literal(node.name)}, ${configured})`;
    return [binding, `const ${words.policyNames[place] ?? ""} = ${policies};`];
  });
}

// The class is named, so that a stale module does not compile once it is called otherwise.
function typeOf(words: Words, { kind }: TaskNode, type: string): string {
  const prepare = preparationOf(kind);
  return prepare === undefined ? type : `${words.imports.use(prepare.replace("prepare", "Prepared"))}<${type}>`;
}

function preparedSplit(words: Words, node: SplitNode, place: number): string {
  const branches = node.branches === "dynamic" ? [] : node.branches;
  const kinds = node.kinds.map((kind) => words.imports.use(`as${kind.charAt(0).toUpperCase()}${kind.slice(1)}`));
  const names = `[${branches.map(literal).join(", ")}]`;
  const given = [boundTo(words, node, place), names];
  if (kinds.length > 0 || node.guarded) given.push(`[${kinds.join(", ")}]`);
  if (node.guarded) given.push(words.imports.use("guards"));
  return `${words.imports.use("prepareSplit")}(${given.join(", ")})`;
}

function boundTo(words: Words, node: Node, place: number): string {
  return words.machine.statesKind === "tuple"
    ? `${words.tasks}${tupleKey(node.value)}`
    : `${words.tasks}[${stateExpression(words, place)}]`;
}

function tupleKey(value: string | number): string {
  return typeof value === "string" ? memberAccess(value) : `[${value}]`;
}

function numbered(words: Words, layout: Layout): string {
  const places = words.machine.nodes.map((_, place) => place).sort((a, b) => (layout.numbers[a] ?? 0) - (layout.numbers[b] ?? 0));
  const states = places.map((place) => stateExpression(words, place));
  const line = `[${states.join(", ")}]`;
  if (isShort(line, "      states: ,".length)) return line;
  return ["[", ...states.map((state, number) => `        ${state}, // ${number}`), "      ]"].join("\n");
}
