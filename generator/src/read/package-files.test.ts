import { utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeTempFolder } from "../files/testing/temp-folder.js";
import { openProject } from "./open-project.js";

const DECLARATIONS = "node_modules/scale/index.d.ts";

test("what packages declare is parsed once for the same settings, and again when it has changed; the project's own files always are", () => {
  using folder = makeTempFolder({
    "package.json": '{ "type": "module" }',
    "node_modules/scale/package.json": '{ "name": "scale", "types": "index.d.ts" }',
    [DECLARATIONS]: "export declare const grams: number;",
    "a.ts": 'import { grams } from "scale"; export const text: string = grams;',
  });
  const compilerOptions = { target: "ES2022", module: "NodeNext", strict: true, types: [] };
  const configure = (options: object): void => {
    folder.write({ "tsconfig.json": JSON.stringify({ compilerOptions: { ...compilerOptions, ...options } }) });
  };
  const open = () => {
    const { program } = openProject({ tsconfig: join(folder.path, "tsconfig.json"), files: [] });
    const [own, declared] = ["a.ts", DECLARATIONS].map((name) => program.getSourceFile(join(folder.path, name)));
    const library = program
      .getSourceFiles()
      .filter(({ fileName }) => program.isSourceFileDefaultLibrary(program.getSourceFile(fileName)!));
    return { own, declared, library, errors: program.getSemanticDiagnostics(own).map(({ messageText }) => messageText) };
  };
  configure({});
  const first = open();
  expect(first.errors).toEqual(["Type 'number' is not assignable to type 'string'."]);
  const second = open();
  expect(second.declared).toBe(first.declared);
  expect(second.library.length).toBeGreaterThan(10);
  expect(second.library.every((file) => first.library.includes(file))).toBe(true);
  expect(second.own).not.toBe(first.own);
  expect(second.errors).toEqual(first.errors);

  folder.write({ [DECLARATIONS]: "export declare const grams: string;" });
  utimesSync(join(folder.path, DECLARATIONS), 1, 1);
  const changed = open();
  expect(changed.declared).not.toBe(first.declared);
  expect(changed.errors).toEqual([]);

  configure({ target: "ES2023" });
  expect(open().declared).not.toBe(changed.declared);
});
