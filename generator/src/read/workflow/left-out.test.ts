/** What is given as `undefined` is left out, as at run time: options of workflows and splits, and keys of configs. As a binding it is refused. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

const program = (options: string, config = "", binding = "new Go()"): string => `import { all, split, workflow } from "cano";
export enum S { A = "a", B = "b", C = "c" }
const nothing = undefined;
const base = { attemptTimeout: 5 } as const;
class Go { readonly config = { ${config} }; async run() { return S.B; } }
class Branch { async run() { return 1; } }
const parts = { [S.A]: ${binding}, [S.B]: split([Branch], { join: all(), next: S.C, timeout: undefined, bulkhead: nothing }) };
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: parts, ${options} });
`;

test("options, also by way of a constant, and when they take back what a spread gives", () => {
  const names = ["name", "durable", "version", "totalTimeout", "compensationTimeout", "sagas", "codecs", "migrations"];
  for (const value of ["undefined", "nothing", "(undefined)"]) {
    const options = names.map((name) => `${name}: ${value}`).join(", ");
    const { readings, diagnostics } = read({ "a.ts": program(`...{ name: "other", totalTimeout: 1 }, ${options}`) });
    expect(diagnostics).toEqual([]);
    expect(readings).toMatchObject([
      { name: "flow", totalTimeout: undefined, compensationTimeout: undefined, sagas: undefined, durability: { durable: false } },
    ]);
    expect(readings[0]?.bindings[1]).toMatchObject({ kind: "split", timeout: undefined, bulkhead: undefined });
  }
});

test("keys of a config, also when they take back what a spread gives", () => {
  const keys = ["retry", "attemptTimeout", "breaker", "bulkhead", "rateLimit", "retryBudget", "hedge", "fallback"];
  const configOf = (config: string): unknown => {
    const { readings } = read({ "a.ts": program("", config) });
    const bound = readings[0]?.bindings[0];
    return bound?.kind === "task" ? bound.task.config : "no task";
  };
  expect(configOf(`...base, ${keys.map((key) => `${key}: undefined`).join(", ")}`)).toMatchObject({
    guards: [],
    retry: undefined,
    attemptTimeout: undefined,
  });
  expect(configOf("...base")).toMatchObject({ guards: [], retry: undefined, attemptTimeout: { value: 5 } });
});

test("exits that are no list are refused, in place of what the compiler makes of them", () => {
  const { diagnostics, at } = read({ "a.ts": program("").replace("exits: [S.C]", "exits: S.C") });
  expect(diagnostics.map(({ code, message, span }) => [code, message, at(span)])).toEqual([
    ["CANO1005", "`exits` cannot be read because it is no list", "S.C"],
  ]);
});

test.each([
  ["undefined", "it is `undefined`"],
  ["nothing", "it is `undefined`"],
  ["null", "it is `null`"],
  ["[Go]", "it is a list"],
])("the binding %s is refused because %s", (binding, why) => {
  const { diagnostics } = read({ "a.ts": program("", "", binding) });
  expect(diagnostics.filter(({ code }) => code === "CANO1006").map(({ message }) => message)).toEqual([
    `this binding cannot be read because ${why}`,
  ]);
});
