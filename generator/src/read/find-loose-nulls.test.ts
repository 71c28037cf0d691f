/** Projects whose types do not say where `null` and `undefined` may be. */

import { resolve } from "node:path";
import { expect, test } from "vitest";
import { generate } from "../generate.js";
import { createTextOpener } from "./testing/open-texts.js";

const flow = `import { workflow } from "cano";
enum S { A = "a", B = "b" }
class One { run() { return S.B; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.B], tasks: { [S.A]: One } });`;

const at = (name: string): string => resolve(import.meta.dirname, name);

/** What is said of two files with a workflow each, as `code name`. */
function saidWith(strictNullChecks: boolean): readonly string[] {
  const open = createTextOpener({ flags: { strictNullChecks } });
  const project = open({ [at("b.ts")]: flow, [at("a.ts")]: flow });
  const { diagnostics } = generate({ tsconfig: undefined, files: undefined, outDir: undefined, project });
  return diagnostics.map(({ code, severity, span }) => `${severity} ${code} ${span?.file.split("/").at(-1) ?? ""}`);
}

test("are warned of at the first workflow, whatever the order of the files", () => {
  expect(saidWith(false)).toEqual(["warning CANO6009 a.ts"]);
});

test("are no others", () => expect(saidWith(true)).toEqual([]));
