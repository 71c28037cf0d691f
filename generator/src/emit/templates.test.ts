/** `strict` does not notice a misspelt path inside a block of a template, so the templates are parsed and every path is looked up. */

import Handlebars from "handlebars";
import { expect, test } from "vitest";
import { Names } from "./names.js";
import { templateNames, templateText } from "./render-module.js";
import type { ModuleView } from "./view.js";
import { RETURNED } from "./words.js";

const text = "text";
const outcome = {
  exits: true,
  jumps: true,
  follows: true,
  rejects: true,
  test: text,
  from: 0,
  to: 1,
  leave: text,
  state: text,
  output: text,
  input: text,
  leaves: true,
  rest: text,
};
const state = {
  number: 0,
  name: text,
  head: true,
  enter: [text],
  guarded: text,
  admitted: true,
  joined: text,
  attempt: text,
  again: text,
  againParameter: text,
  policies: text,
  returned: text,
  outcomes: [outcome],
};
const part = {
  admits: true,
  returned: [{ name: text, type: text }],
  function: text,
  end: 1,
  last: true,
  blocks: [{ states: [state] }],
  single: true,
};
const workflow = {
  name: text,
  nameLiteral: text,
  workflow: text,
  destructured: text,
  tasks: text,
  statesType: text,
  tasksType: text,
  inputsType: text,
  states: text,
  stateType: text,
  resourcesType: text,
  requestType: text,
  resultType: text,
  optionsType: text,
  objectType: text,
  graph: text,
  factory: text,
  resources: text,
  request: text,
  results: [text],
  inputs: [{ number: 0, type: text }],
  initialStates: text,
  graphStates: [text],
  bindings: [text],
  numbered: text,
  settings: [text],
  runType: text,
  outset: [text],
  failure: text,
  baseOptions: text,
  needsOptions: true,
  create: text,
  await: text,
  functionWord: text,
  driveResult: text,
  single: true,
  parts: [part],
  partResult: text,
};
// A view with everything in it: a template may use what is here, and nothing else.
const SAMPLE: ModuleView = {
  source: text,
  runtimeImports: [text],
  userImports: [{ names: text, from: text }],
  workflows: [workflow],
};

// What each partial is called with.
const CONTEXTS: Readonly<Record<string, object>> = { module: SAMPLE, workflow, part: { ...part, workflow }, state, outcome };

test.each(templateNames())("every path of %s exists", (name) => {
  const context = CONTEXTS[name];
  expect(context, "a new template needs a sample").toBeDefined();
  expect(missingPaths(Handlebars.parse(templateText(name)).body, [context])).toEqual([]);
});

test("what the templates declare is no name for anything else", () => {
  const declared = templateNames().flatMap((name) =>
    [...templateText(name).matchAll(/(?:\b(?:let|const) |\()([a-z]\w*)(?=[:)]| =)/g)].map(([, word = ""]) => word),
  );
  expect(declared).toEqual(expect.arrayContaining(["s", "admission", "error", "run", "options"]));
  for (const word of [...declared, RETURNED]) expect(new Names().take(word)).not.toBe(word);
});

test("the walk finds a path that does not exist", () => {
  const { body } = Handlebars.parse("{{#each workflows}}{{#if nmae}}{{name}}{{/if}}{{../sources}}{{/each}}");
  expect(missingPaths(body, [SAMPLE])).toEqual(["nmae", "../sources"]);
});

function missingPaths(body: readonly hbs.AST.Statement[], scopes: readonly unknown[]): string[] {
  return body.flatMap((statement) => {
    if (statement.type === "MustacheStatement") return missing((statement as hbs.AST.MustacheStatement).path, scopes);
    if (statement.type === "PartialStatement") return hashPaths(statement as hbs.AST.PartialStatement, scopes);
    if (statement.type !== "BlockStatement") return [];
    const block = statement as hbs.AST.BlockStatement;
    const [parameter] = block.params;
    const inner = block.path.original === "each" ? [...scopes, firstOf(lookUp(parameter, scopes))] : scopes;
    const bodies = [...block.program.body, ...(block.inverse?.body ?? [])];
    return [...missing(parameter, scopes), ...missingPaths(bodies, inner)];
  });
}

function hashPaths(partial: hbs.AST.PartialStatement, scopes: readonly unknown[]): string[] {
  return (partial.hash?.pairs ?? []).flatMap(({ value }) => missing(value, scopes));
}

function missing(expression: hbs.AST.Expression | undefined, scopes: readonly unknown[]): string[] {
  return lookUp(expression, scopes) === undefined ? [(expression as hbs.AST.PathExpression).original] : [];
}

function lookUp(expression: hbs.AST.Expression | undefined, scopes: readonly unknown[]): unknown {
  const path = expression as hbs.AST.PathExpression;
  if (path.data) return path.original;
  let value = scopes.at(-1 - path.depth);
  for (const name of path.parts)
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return value;
}

function firstOf(list: unknown): unknown {
  return Array.isArray(list) ? list[0] : undefined;
}
