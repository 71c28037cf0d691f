/** What a pass of the watch says and writes, change by change. */

import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import * as typeErrors from "../../generator/src/read/list-type-errors.js";
import { plain as ping, renewal } from "../lock/project.js";
import { TSCONFIG, WatchedProject } from "./watched-project.js";

vi.mock("../../generator/src/read/list-type-errors.js", { spy: true });

const main = `import { createPing } from "./ping.cano.js";
export const done: "done" = (await createPing().orchestrate()).state;
`;
const broken = "export const n: number = 'a';\n";

let project: WatchedProject;
beforeAll(async () => {
  project = new WatchedProject("passes", { "ping.ts": ping, "main.ts": main });
  // The application uses the module that is only written now.
  expect(await project.start()).toEqual({ problems: [], written: ["ping.cano.ts"], changes: [] });
});
afterAll(() => {
  project[Symbol.dispose]();
  // Whatever was watched is let go.
  expect(project.watchers()).toBe(0);
});

/** Makes a change, looks at the pass, and takes it back. */
async function during(change: () => void, back: () => void): Promise<Awaited<ReturnType<WatchedProject["next"]>>> {
  change();
  const pass = await project.next();
  back();
  await project.next();
  return pass;
}

test("nothing has changed: no pass, also when what it wrote itself is told of, or a file is saved as it was", async () => {
  expect(await project.next()).toBeUndefined();
  project.write({ "ping.ts": ping, "notes.md": "x", ".ping.ts.swp": "x" });
  expect(await project.next()).toBeUndefined();
});

test("an edit: the module is written, and the application is checked against that, not against the one before", async () => {
  const edited = { "ping.ts": ping.replaceAll("Done", "Over").replace('"done"', '"over"') };
  project.write(edited);
  expect(await project.next()).toEqual({
    problems: [expect.stringMatching(/^main\.ts CANO1001 TS2322: Type 'Ping.Over' is not assignable to type '"done"'/)],
    written: ["ping.cano.ts"],
    changes: ["ping.ts changed"],
  });
  project.write({ "main.ts": main.replaceAll('"done"', '"over"') });
  expect((await project.next())?.problems).toEqual([]);
  project.write({ "ping.ts": ping, "main.ts": main });
  expect((await project.next())?.written).toEqual(["ping.cano.ts"]);
});

test("a save that is caught half-way, with the file still empty: the declarations that go and come with it are no changes of their own", async () => {
  using caught = new WatchedProject("caught", { "ping.ts": ping });
  await caught.start();
  caught.write({ "ping.ts": "" });
  expect(await caught.next()).toEqual({ problems: [], written: [], changes: ["ping.ts changed"] });
  caught.write({ "ping.ts": ping.replaceAll("Send", "Post") });
  expect(await caught.next()).toEqual({ problems: [], written: ["ping.cano.ts"], changes: ["ping.ts changed"] });
});

test("a syntax error is told with the compiler's words, and repaired", async () => {
  project.write({ "ping.ts": ping.replace("async run()", "async run(") });
  const pass = await project.next();
  expect(pass?.problems).toContainEqual(expect.stringMatching(/^ping\.ts CANO1001 TS1005: /));
  expect(pass?.written).toEqual([]);
  project.write({ "ping.ts": ping });
  expect(await project.next()).toEqual({ problems: [], written: [], changes: ["ping.ts changed"] });
});

test("type errors and the generator's own are told together; what relies on modules that are not fresh is not guessed at", async () => {
  const { problems } = (await during(
    () =>
      project.write({
        "ping.ts": ping.replace("Done =", 'Lost = "lost", Done ='),
        "broken.ts": broken,
        "main.ts": `${main}${broken}`,
      }),
    () => {
      project.write({ "ping.ts": ping, "main.ts": main });
      project.remove("broken.ts");
    },
  )) ?? { problems: [] };
  expect(problems).toEqual([
    expect.stringContaining("broken.ts CANO1001 TS2322: "),
    expect.stringContaining("ping.ts CANO2001 state `Lost` "),
  ]);
});

test("a file that is put in the place of another, several times in a row", async () => {
  for (const [round, text] of [ping.replace("send", "sent"), ping].entries()) {
    for (let save = 0; save < 3; save++) {
      writeFileSync(join(project.path, "ping.ts.tmp"), `${text}// ${round} ${save}\n`);
      renameSync(join(project.path, "ping.ts.tmp"), join(project.path, "ping.ts"));
      expect((await project.next())?.changes).toEqual(["ping.ts changed"]);
    }
  }
  project.write({ "ping.ts": ping });
  await project.next();
});

test("a new workflow, renamed, and gone: its module is new, another, and stays until somebody removes it, which is said", async () => {
  const leftOver = (name: string): string =>
    `deep/${name}.cano.ts CANO6008 this module is left over: \`${name}.ts\`, from which it was generated, is gone`;
  const pong = ping.replaceAll("Ping", "Pong").replaceAll("ping", "pong");
  project.write({ "deep/pong.ts": pong });
  expect(await project.next()).toEqual({ problems: [], written: ["deep/pong.cano.ts"], changes: ["deep/pong.ts new"] });
  renameSync(join(project.path, "deep/pong.ts"), join(project.path, "deep/pang.ts"));
  expect(await project.next()).toEqual({
    problems: [leftOver("pong")],
    written: ["deep/pang.cano.ts"],
    changes: ["deep/pang.ts new", "deep/pong.ts gone"],
  });
  project.remove("deep/pang.ts");
  expect(await project.next()).toEqual({
    problems: [leftOver("pang"), leftOver("pong")],
    written: [],
    changes: ["deep/pang.ts gone"],
  });
  expect(Object.keys(project.read())).toContain("deep/pang.cano.ts");
  project.remove("deep/pong.cano.ts", "deep/pang.cano.ts");
  expect(await project.next()).toMatchObject({ problems: [] });
});

describe("what was written", () => {
  test.each<[name: string, change: () => void]>([
    ["is removed", () => project.remove("ping.cano.ts")],
    ["is edited", () => project.write({ "ping.cano.ts": "// Generated by cano-gen from ping.ts\n" })],
  ])("%s: it is written again", async (_, change) => {
    change();
    expect((await project.next())?.written).toEqual(["ping.cano.ts"]);
  });
});

describe("the configuration", () => {
  test.each<[name: string, change: () => void, problem: string]>([
    ["is broken", () => project.write({ "tsconfig.json": "{" }), "CANO6003 `tsconfig.json` is not valid JSON"],
    ["is gone", () => project.remove("tsconfig.json"), "CANO6003 `tsconfig.json` does not exist"],
    [
      "extends what is not there",
      () => project.write({ "tsconfig.json": TSCONFIG.replace("{", '{ "extends": "./base.json",') }),
      "CANO6003 `tsconfig.json` extends `./base.json`, which does not exist",
    ],
  ])("%s, and is repaired", async (_, change, problem) => {
    change();
    expect((await project.next())?.problems).toEqual([expect.stringContaining(problem)]);
    project.write({ "tsconfig.json": TSCONFIG });
    expect(await project.next()).toMatchObject({ problems: [], changes: [expect.stringMatching(/^tsconfig\.json /)] });
  });

  test("sets other options", async () => {
    const pass = await during(
      () =>
        project.write({
          "tsconfig.json": TSCONFIG.replace('"strict":true', '"strict":true,"noUncheckedIndexedAccess":true'),
          "extra.ts": "const texts: string[] = [];\nexport const first: string = texts[0];\n",
        }),
      () => {
        project.write({ "tsconfig.json": TSCONFIG });
        project.remove("extra.ts");
      },
    );
    expect(pass?.problems).toEqual([expect.stringContaining("extra.ts CANO1001 TS2322")]);
  });
});

test("a package that says that its configuration is another one", async () => {
  const base = "node_modules/cfg";
  using based = new WatchedProject("based", {
    "tsconfig.json": TSCONFIG.replace("{", '{ "extends": "cfg",'),
    [`${base}/package.json`]: '{ "tsconfig": "one.json" }',
    [`${base}/one.json`]: "{}",
    [`${base}/another.json`]: '{ "compilerOptions": { "noUncheckedIndexedAccess": true } }',
    "main.ts": "export const n: number = [1][0];\n",
  });
  expect((await based.start()).problems).toEqual([]);
  based.write({ [`${base}/package.json`]: '{ "tsconfig": "another.json" }' });
  expect((await based.next())?.problems).toEqual([expect.stringMatching(/^main\.ts CANO1001 TS2322/)]);
});

test("what package.json says of the modules of a project, also near the root of the disk, where the compiler does not watch it", async () => {
  const place = mkdtempSync(join(tmpdir(), "cano-"));
  onTestFinished(() => {
    rmSync(place, { recursive: true });
  });
  using near = new WatchedProject(place, {
    "tsconfig.json": '{ "compilerOptions": { "module": "NodeNext", "types": [] } }',
    "src/main.ts": "export const n = await Promise.resolve(1);\n",
  });
  expect((await near.start()).problems).toEqual([]);
  near.write({ "package.json": '{ "type": "commonjs" }' });
  expect((await near.next())?.problems).toEqual([expect.stringMatching(/^src\/main\.ts CANO1001 TS1309/)]);
  near.write({ "package.json": '{ "type": "module" }' });
  expect(await near.next()).toEqual({ problems: [], written: [], changes: ["package.json changed"] });
});

test("a lock that is not what was written is looked at", async () => {
  project.write({ "renewal.ts": renewal });
  expect((await project.next())?.written).toEqual(["cano.lock.json", "renewal.cano.ts"]);
  project.write({ "cano.lock.json": '{ "generatedBy": "cano-gen"' });
  expect((await project.next())?.problems).toEqual([expect.stringContaining("CANO5004")]);
  project.remove("cano.lock.json");
  expect((await project.next())?.written).toEqual(["cano.lock.json"]);
  project.remove("renewal.ts", "renewal.cano.ts", "cano.lock.json");
  expect((await project.next())?.problems).toEqual([]);
});

test("what goes wrong inside is CANO9001, and the next change starts afresh", async () => {
  vi.mocked(typeErrors.listTypeErrors).mockImplementationOnce(() => {
    throw new Error("boom");
  });
  project.write({ "ping.ts": `${ping}// x\n` });
  expect((await project.next())?.problems).toEqual(["- CANO9001 internal error while watching: boom"]);
  project.write({ "ping.ts": ping });
  expect(await project.next()).toMatchObject({ problems: [] });
});

test("named files have projects of their own", async () => {
  using named = new WatchedProject("named", {
    "ping.ts": ping,
    "sub/tsconfig.json": TSCONFIG,
    "sub/a.ts": ping,
    "sub/b.ts": ping,
  });
  expect(await named.start({ files: ["ping.ts", "sub/a.ts"] })).toMatchObject({
    problems: [],
    written: ["ping.cano.ts", "sub/a.cano.ts"],
  });
  named.remove("sub/a.ts");
  expect((await named.next())?.problems).toEqual(["- CANO6004 `sub/a.ts` does not exist"]);
  named.write({ "sub/a.ts": ping.replaceAll("Send", "Sent") });
  expect(await named.next()).toMatchObject({ problems: [], written: ["sub/a.cano.ts"] });
});
