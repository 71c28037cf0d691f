/** Configurations that only refer to others. */

import { join } from "node:path";
import { beforeEach, expect, test, vi } from "vitest";
import { generate } from "../generate.js";
import { makeTempFolder } from "../files/testing/temp-folder.js";
import { fakeGenerate } from "./testing/fake-generate.js";
import { runMain } from "./testing/run-main.js";

vi.mock("../generate.js", () => ({ generate: vi.fn<typeof generate>() }));

beforeEach(() => {
  vi.mocked(generate).mockReset().mockImplementation(fakeGenerate);
});

test("a configuration that only refers to others stands for those, and a named file for itself in those that have it", async () => {
  using folder = makeTempFolder({
    "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }, { "path": "more" }] }',
    "tsconfig.app.json": "{}",
    "more/tsconfig.json": '{ "files": [], "references": [{ "path": "core" }, { "path": ".." }] }',
    "more/core/tsconfig.json": "{}",
    "a.ts": "workflow a",
    "more/core/b.ts": "workflow b",
  });
  const app = join(folder.path, "tsconfig.app.json");
  const core = join(folder.path, "more/core/tsconfig.json");
  // The first one has the file of the second one, too: that is no conflict.
  expect(await runMain("", folder.path)).toEqual({ code: 0, stderr: "", stdout: "wrote a.cano.ts\nwrote more/core/b.cano.ts\n" });
  const asked = () => vi.mocked(generate).mock.calls.map(([options]) => [options.tsconfig, options.files, options.isPart]);
  expect(asked()).toEqual([
    [app, undefined, true],
    [core, undefined, true],
  ]);
  vi.mocked(generate).mockClear();
  expect(await runMain("--no-cache a.ts", folder.path)).toMatchObject({ code: 0 });
  expect(asked()).toEqual([
    [app, [join(folder.path, "a.ts")], true],
    [core, [join(folder.path, "a.ts")], true],
  ]);
});

test("a named file that none of the projects has is refused", async () => {
  using folder = makeTempFolder({
    "tsconfig.json": '{ "files": [], "references": [{ "path": "one" }, { "path": "two" }] }',
    "one/tsconfig.json": "{}",
    "one/a.ts": "workflow a",
    "two/tsconfig.json": "{}",
    "b.ts": "workflow b",
  });
  const before = folder.read();
  expect(await runMain("one/a.ts b.ts -p .", folder.path)).toEqual({
    code: 1,
    stdout: "",
    stderr: `error CANO6004: \`b.ts\` is in none of the projects that its \`tsconfig.json\` refers to
help: name TypeScript files of the project, or leave them out to read all of it; \`-p <tsconfig>\` says which project

1 error
`,
  });
  expect(folder.read()).toEqual(before);
});

test("a reference to nothing is refused with its name", async () => {
  using folder = makeTempFolder({ "tsconfig.json": '{ "files": [], "references": [{ "path": "./gone" }] }' });
  expect(await runMain("", folder.path)).toMatchObject({
    code: 1,
    stdout: "",
    stderr: expect.stringMatching(/^error CANO6003: `gone` does not exist/),
  });
});
