import { existsSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeTempFolder } from "../files/testing/temp-folder.js";
import { type ConfigProblem, configProblemsOf } from "./config-problems.js";
import { openProject } from "./open-project.js";
import { parseConfig } from "./parse-config.js";

function problemsIn(folder: string, named: boolean): readonly ConfigProblem[] {
  const tsconfig = join(folder, "tsconfig.json");
  return configProblemsOf(parseConfig(tsconfig), named, openProject({ tsconfig, files: [] }).program);
}

test.each<[name: string, text: string, named: boolean, problems: [text: RegExp, start: number | undefined][]]>([
  ["fine", '{ "include": ["*.ts"] }', false, []],
  ["an unknown value", '{ "compilerOptions": { "target": "x" } }', false, [[/^Argument for '--target' option must be/, 33]]],
  ["an unknown option", '{ "compilerOptions": { "strickt": true } }', false, [[/^Unknown compiler option 'strickt'/, 23]]],
  [
    "a listed file that is missing",
    '{ "files": ["a.ts", "b.ts"] }',
    false,
    [[/^it lists 'b.ts', which does not exist$/, undefined]],
  ],
  ["globs that match nothing", '{ "include": ["no/*.ts"] }', false, [[/^No inputs were found/, undefined]]],
  ["globs that match nothing, but files were named", '{ "include": ["no/*.ts"] }', true, []],
  ["references alone", '{ "files": [], "references": [{ "path": "x" }] }', false, []],
])("%s", (_, text, named, problems) => {
  using folder = makeTempFolder({ "tsconfig.json": text, "a.ts": "" });
  const found = problemsIn(folder.path, named);
  expect(found.map(({ span }) => span?.start)).toEqual(problems.map(([, start]) => start));
  expect(found.map(({ text: message }) => message)).toEqual(problems.map(([message]): unknown => expect.stringMatching(message)));
});

// What nobody can read, root included, though it is there.
test.runIf(existsSync("/proc/self/mem"))("a file that cannot be read", () => {
  using folder = makeTempFolder({ "tsconfig.json": '{ "include": ["*.ts"] }', "a.ts": "" });
  symlinkSync("/proc/self/mem", join(folder.path, "b.ts"));
  expect(problemsIn(folder.path, false).map(({ text }) => text)).toEqual(["it lists 'b.ts', which cannot be read"]);
});
