import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { makeTempFolder } from "./files/testing/temp-folder.js";
import { generate } from "./generate.js";

vi.mock("./read/read-workflows.js", () => ({
  readWorkflows: () => {
    throw new Error("boom");
  },
}));

test("an exception in a stage becomes CANO9001 with the stage and the file, beside what was found before", () => {
  using folder = makeTempFolder({ "tsconfig.json": '{ "compilerOptions": { "strickt": true } }', "a.ts": "" });
  const file = join(folder.path, "a.ts");
  const stages: string[] = [];
  const result = generate({
    tsconfig: join(folder.path, "tsconfig.json"),
    files: [file],
    outDir: undefined,
    onStage: (stage) => stages.push(stage),
  });
  expect(stages).toEqual(["opening the project", "reading"]);
  expect(result.files).toEqual([]);
  expect(result.diagnostics.map(({ code, message, span, notes }) => ({ code, message, file: span?.file, notes }))).toEqual([
    { code: "CANO9001", message: "internal error while reading: boom", file, notes: [] },
    {
      code: "CANO6003",
      message: "`tsconfig.json` is not valid: Unknown compiler option 'strickt'. Did you mean 'strict'?",
      file: join(folder.path, "tsconfig.json"),
      notes: [],
    },
  ]);
});
