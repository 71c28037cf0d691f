/** What a compiler of webpack or Rspack is told, tried on one that only has their hooks. */

import { expect, test } from "vitest";
import { makeTempFolder, type TempFolder } from "../files/testing/temp-folder.js";
import { type Compiler, setUpWebpack } from "./webpack.js";

type Compilation = Parameters<Parameters<Compiler["hooks"]["afterCompile"]["tap"]>[1]>[0];

/** Makes one build in `folder`, in which a loader tells of `errors`. */
async function build(folder: TempFolder, errors: readonly string[]): Promise<{ errors: string[]; emits: boolean }> {
  const steps = new Map<string, (compilation: Compilation) => unknown>();
  const tap = (step: string) => (_: unknown, listener: (compilation: Compilation) => unknown) => void steps.set(step, listener);
  const hooks: Compiler["hooks"] = {
    run: { tapPromise: tap("run") },
    watchRun: { tapPromise: tap("watchRun") },
    thisCompilation: { tap: tap("thisCompilation") },
    afterCompile: { tap: tap("afterCompile") },
    shouldEmit: { tap: tap("shouldEmit") },
  };
  setUpWebpack({ context: folder.path, hooks }, {});
  const compilation: Compilation = { errors: [], warnings: [], fileDependencies: new Set<string>() };
  await steps.get("run")?.(compilation);
  steps.get("thisCompilation")?.(compilation);
  compilation.errors.push(...errors.map((message) => new Error(message)));
  steps.get("afterCompile")?.(compilation);
  const emits = steps.get("shouldEmit")?.(compilation) !== false;
  return { errors: compilation.errors.map(({ message }) => message), emits };
}

test("a failure is all that a build says, and nothing is written", async () => {
  using folder = makeTempFolder({ "tsconfig.json": "{" });
  const { errors, emits } = await build(folder, ["Module not found: Can't resolve './order.cano.js'"]);
  expect(errors).toEqual([expect.stringMatching(/^error CANO6\d\d\d: `tsconfig.json`/)]);
  expect(emits).toBe(false);
});

test("a build without a failure says what others have to say", async () => {
  using folder = makeTempFolder({ "tsconfig.json": '{ "files": ["a.ts"] }', "a.ts": "export {};\n" });
  expect(await build(folder, ["Module not found"])).toEqual({ errors: ["Module not found"], emits: true });
});
