/** Workflows after which a module names what it also imports of the runtime: `createSaga` of `saga`, `DurableOptions` of `durable`. */

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { expect, test } from "vitest";
import { generate } from "../generator/src/generate.js";
import { COMPILER_OPTIONS } from "./support/compiler-options.js";
import { STRICT_FLAGS } from "./support/strict-flags.js";

const PLACE = fileURLToPath(new URL("../.cano/own-names/", import.meta.url));

const SOURCE = `import { type CompensatableTask, type Task, undoable, workflow as define } from "cano";
enum Job { Run = "run", Done = "done" }
class Wait implements Task<Job> { async run() { return Job.Done; } }
class Go implements Task<Job> { run() { return Job.Done; } }
class Book implements CompensatableTask<Job, number> { run() { return undoable(Job.Done, 1); } compensate() {} }
const common = { states: Job, initial: Job.Run, exits: [Job.Done] } as const;
export const workflow = define({ ...common, tasks: { [Job.Run]: Wait } });
export const syncWorkflow = define({ ...common, tasks: { [Job.Run]: Go } });
export const saga = define({ ...common, tasks: { [Job.Run]: Book } });
export const durable = define({ ...common, tasks: { [Job.Run]: Wait }, durable: true, version: 1 });
export class createSaga2 implements Task<Job> { async run() { return Job.Done; } }
export const other = define({ ...common, tasks: { [Job.Run]: createSaga2 } });
`;

test("their modules compile", () => {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  const tsconfig = join(PLACE, "tsconfig.json");
  writeFileSync(join(PLACE, "package.json"), '{ "type": "module" }');
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions: COMPILER_OPTIONS }));
  writeFileSync(join(PLACE, "jobs.ts"), SOURCE);
  const { files, diagnostics } = generate({ tsconfig, files: undefined, outDir: undefined });
  expect(diagnostics).toEqual([]);
  for (const { path, text } of files) writeFileSync(path, text);
  const modules = files.flatMap(({ path }) => (path.endsWith(".ts") ? [path] : []));
  // Of what people write by hand, less is demanded.
  const program = ts.createProgram(modules, {
    ...STRICT_FLAGS,
    isolatedDeclarations: false,
    erasableSyntaxOnly: false,
    noEmit: true,
  });
  const found = ts.getPreEmitDiagnostics(program);
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
});
