/** Returned states of each kind of state set: which values are members there. */

import { expect, test } from "vitest";
import { createReader, showTarget } from "../testing/read-program.js";

const read = createReader();

test.each<[states: string, run: string, expected: string]>([
  [`enum N { A, B, C }`, "return N.B;", "B"],
  [`enum N { A, B, C }`, "return 1;", "?it is a number, not a member"],
  [`enum N { A, B, C }`, "return N.A + 1;", "?it is computed"],
  [`enum N { A, B = 1, C = 2 }`, "return N.B | N.C;", "flags"],
  [`enum N { A, B, C }`, "return N.B | 4;", "?it is computed"],
  [`enum N { A, B, C }`, "return -N.B;", "?it is computed"],
  [`enum N { A, B, C }`, "let n = N.A; return n++;", "?it is computed"],
  [`enum N { A, B, C }`, "return false ? N.B : N.C;", "C"],
  // A member that is 0 is falsy.
  [`enum N { A, B, C }`, "const n = Math.random() ? N.A : N.B; return n || N.C;", "B, C"],
  [`enum N { A, B, C }`, "const n = Math.random() ? N.A : N.B; return n && N.C;", "A, C"],
  [`enum N { A, B, C }`, "return N.B as N.B & { readonly brand: 1 };", "B"],
  [`const N = { A: "a", B: "b", C: "c" } as const;`, "return N.B;", "B"],
  [`const N = { A: "a", B: "b", C: "c" } as const;`, `return "b";`, "B"],
  [`const N = { A: "a", B: "b", C: "c" } as const; const M = { B: "b" } as const;`, "return M.B;", "foreign M.B"],
  [
    `const N = { A: "a", B: "b", C: "c" } as const; const next = { ok: N.B, bad: N.C };`,
    "return next[String(1) as keyof typeof next];",
    "B, C",
  ],
  [`const N = { A: "a", B: "b", C: "c" } as const;`, `return "x";`, `foreign "x"`],
  [`const N = { A: 1, B: -1, C: -2 } as const;`, "return -1;", "B"],
  [`const N = { A: 1, B: -1, C: -2 } as const;`, "return -3;", "foreign -3"],
  [`const N = { A: 1, B: -1, C: -2 } as const; const M = { B: -1 } as const;`, "return M.B;", "foreign M.B"],
  [
    `const N = { A: "a", B: "job-b", C: "job-c" } as const; declare const which: "b" | "c";`,
    "return `job-${which}` as const;",
    "B, C",
  ],
  [
    `const N = { A: "a", B: "job-b", C: "job-c" } as const; declare const which: "b" | "c";`,
    "return `job-${which}`;",
    "?it is a computed string",
  ],
  [
    `const N = { A: "a", B: "job-b", C: "job-c" } as const; declare const which: "b" | "x";`,
    "return `job-${which}` as const;",
    "?it is a computed string",
  ],
  [`const N = ["a", "b", "c"] as const;`, `return "b";`, "b"],
  [`const N = ["a", "b", "c"] as const;`, `return N[1];`, "b"],
  // As a package has them that brings declarations along.
  [`declare const N: { readonly A: "a"; readonly B: "b"; readonly C: "c" };`, "return N.B;", "B"],
  [`declare const N: { readonly A: "a"; readonly B: "b"; readonly C: "c" };`, `return "c";`, "C"],
  [`declare const N: { readonly A: 1; readonly B: 2; readonly C: 3 };`, "return N.C;", "C"],
  [`declare const N: Readonly<{ A: "a"; B: "b"; C: "c" }>;`, "return N.B;", "B"],
  [`namespace all { export declare const M: { A: "a"; B: "b"; C: "c" }; } const N = all.M;`, "return all.M.B;", "B"],
  [`declare const N: readonly ["a", "b", "c"];`, `return N[2];`, "c"],
])("%s %s", (states, run, expected) => {
  const [a, b, c] = states.includes("[") ? [`"a"`, `"b"`, `"c"`] : ["N.A", "N.B", "N.C"];
  const { readings, diagnostics } = read({
    "flow.ts": `import { workflow } from "cano";\n${states}\nclass W { async run() { ${run} } }\nexport const flow = workflow({ states: N, initial: ${a}, exits: [${b}, ${c}], tasks: { [${a}]: W } });`,
  });
  expect(diagnostics).toEqual([]);
  const [reading] = readings;
  const [first] = reading?.bindings ?? [];
  const method = first?.kind === "task" ? first.task.method : undefined;
  expect(reading && method?.targets.map((target) => showTarget(reading, target)).join(", ")).toBe(expected);
});
