/** What no join hands on: lists, functions, built-in objects, and what takes any member. */

import { expect, test } from "vitest";
import { createReader } from "../testing/read-program.js";

const read = createReader();

const WHOLE = "Joined<undefined, number>";
const SUCCESS = "{ branch: number; value: number }";

test.each<[taken: string, expected: string]>([
  ["number[]", `: ${WHOLE}`],
  ["() => void", `: ${WHOLE}`],
  ["new () => Date", `: ${WHOLE}`],
  ["Date", `: ${WHOLE}`],
  ["Map<string, number>", `: ${WHOLE}`],
  ["Record<string, unknown>", `: ${WHOLE}`],
  ["string & { readonly brand: 'id' }", `: ${WHOLE}`],
  ["{ label?: string }", `: ${WHOLE}`],
  ["{ label?: string; cancelled?: readonly number[] }", "fits"],
  ["{}", "fits"],
  ["Object", "fits"],
  ["{ successes: Iterable<{ value: number }> }", "fits"],
  ["{ successes: Iterable<{ value: string }> }", ".successes[].value: number"],
  ["{ successes: { readonly length: number } }", "fits"],
  ["{ successes: { readonly length: string } }", `.successes: readonly ${SUCCESS}[]`],
  ["{ successes: Set<unknown> }", `.successes: readonly ${SUCCESS}[]`],
  ["{ successes: () => void }", `.successes: readonly ${SUCCESS}[]`],
  ["{ successes: readonly (() => void)[] }", `.successes[]: ${SUCCESS}`],
  ["{ successes: readonly string[][] }", `.successes[]: ${SUCCESS}`],
  ["{ successes: readonly Date[] }", `.successes[]: ${SUCCESS}`],
  ["{ successes: readonly { label?: string }[] }", `.successes[]: ${SUCCESS}`],
  ["{ successes: readonly { label?: string; value?: number }[] }", "fits"],
  ["{ successes: readonly Record<string, number>[] }", "fits"],
  ["{ successes: readonly Record<string, string>[] }", ".successes[].branch: number"],
  ["{ successes: readonly { [place: number]: string }[] }", "fits"],
])("a join for a task that takes %s", (taken, expected) => {
  const { readings } = read({
    "flow.ts": `import { type Context, type Joined, split, workflow } from "cano";
enum S { A = "a", B = "b", C = "c" }
class One { run() { return 1; } }
class Take { async run(_: {}, { input }: Context<${taken}>) { void input; return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: split([One], { next: S.B }), [S.B]: Take } });`,
  });
  const [binding] = readings[0]?.bindings ?? [];
  const carried = binding?.kind === "split" ? binding.next.carries : undefined;
  const fit = carried?.kind === "input" ? carried.fit : undefined;
  expect(fit?.kind === "misfit" ? `${fit.path}: ${fit.sent}` : fit?.kind).toBe(expected);
});
