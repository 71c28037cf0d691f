/** The types and the graph of a workflow's generated part, as text. */

import type { Node } from "../model/machine.js";
import type { Layout } from "./layout.js";
import { literal } from "./names.js";
import { isShort } from "./wrap.js";
import { bindingType, nodeAt, stateExpression, stateType, type Words } from "./words.js";

/** What the tasks work with: the intersection of what each asks for; empty when none asks. */
export function buildResourcesType(words: Words): string {
  const asking = words.machine.nodes.flatMap((node, place) => (node.kind !== "exit" && node.needsResources ? [place] : []));
  const types = asking.map((place) => `${words.imports.use("ResourcesOf")}<${bindingType(words, place)}>`);
  if (types.length === 0) return "";
  return types.length > 1 ? types.map((type) => `\n  & ${type}`).join("") : ` ${types.join("")}`;
}

/** How a run is asked for: with the initial state, if there are several, and its input. */
export function buildRequestType(words: Words): string {
  const { initial } = words.machine;
  const inputs = initial.map((place) => ({ place, input: `${words.imports.use("InputOf")}<${bindingType(words, place)}>` }));
  if (inputs.length === 1) return inputs.map(({ input }) => ` ${words.imports.use("Request")}<${input}>`).join("");
  return inputs
    .map(({ place, input }) => `\n  | ${words.imports.use("RequestAt")}<${stateType(words, place)}, ${input}>`)
    .join("");
}

/** Each exit that can be reached, with what it carries; `never` where none can, since every run fails. */
export function buildResults(words: Words): readonly string[] {
  const results = words.machine.nodes.flatMap((node, place) => {
    if (node.kind !== "exit" || !node.reachable) return [];
    return [exitType(words, place)];
  });
  return results.length > 0 ? results : ["never"];
}

function exitType(words: Words, exit: number): string {
  const name = words.imports.use("Exit");
  const state = stateType(words, exit);
  const outputs = listOutputs(words, exit);
  const line = `${name}<${state}, ${outputs.join(" | ")}>`;
  if (isShort(`  | ${line};`)) return line;
  return [`${name}<`, `      ${state},`, ...outputs.map((output) => `      | ${output}`), "    >"].join("\n");
}

function listOutputs(words: Words, exit: number): readonly string[] {
  const outputs = new Set<string>();
  words.machine.nodes.forEach((node, place) => {
    for (const output of outputsOf(words, node, place, exit)) outputs.add(output);
  });
  // `undefined` last, as people write it.
  return [...outputs].sort((a, b) => Number(a === "undefined") - Number(b === "undefined"));
}

function outputsOf(words: Words, node: Node, place: number, exit: number): readonly string[] {
  if (node.kind === "exit") return [];
  if (node.kind === "split") return node.next === exit ? [`${words.imports.use("JoinedOf")}<${bindingType(words, place)}>`] : [];
  return node.targets
    .filter(({ to }) => to === exit)
    .map(({ carries }) =>
      carries ? `${words.imports.use("HandedTo")}<${bindingType(words, place)}, ${stateType(words, exit)}>` : "undefined",
    );
}

/** What each state that sees its input takes, by the dispatcher's numbers. */
export function buildInputs(words: Words, layout: Layout): readonly { number: number; type: string }[] {
  return layout.blocks.flat().flatMap((place) => {
    const node = nodeAt(words, place);
    return words.flavour.tellsInput(node)
      ? [{ number: layout.numbers[place] ?? 0, type: `${words.imports.use("InputOf")}<${bindingType(words, place)}>` }]
      : [];
  });
}

// Literals that are no name of a property by themselves, or the name of another one: a negative number, `__proto__`.
const COMPUTED = /^-|^"__proto__"$/;

/** The entries of the graph, in the order of the state set. */
export function buildGraphStates(words: Words): readonly string[] {
  return words.machine.nodes.map((node, place) => {
    const state = stateExpression(words, place);
    const key = words.machine.statesKind === "tuple" && !COMPUTED.test(state) ? state : `[${state}]`;
    return `${key}: { ${graphFields(words, node).join(", ")} }`;
  });
}

function graphFields(words: Words, node: Node): readonly string[] {
  const fields = [`kind: ${literal(node.kind)}`, `name: ${literal(node.name)}`];
  if (node.kind === "exit") return fields;
  if (node.kind === "split") {
    const branches = node.branches === "dynamic" ? [] : node.branches;
    return [...fields, `branches: [${branches.map(literal).join(", ")}]`, `targets: [${stateExpression(words, node.next)}]`];
  }
  const targets = [...new Set(node.targets.map(({ to }) => stateExpression(words, to)))];
  return [...fields, `task: ${literal(node.task)}`, `targets: [${targets.join(", ")}]`];
}
