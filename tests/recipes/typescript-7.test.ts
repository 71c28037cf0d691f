/** A project that has TypeScript 7 and no other: generated, checked and compiled, once and by two processes that watch. */

import { mkdirSync, symlinkSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { LOST, ParcelApp, scriptOf } from "../bundlers/parcel-app.js";
import { commandsOf, readBlocks } from "../docs/blocks.js";
import { Other } from "../support/processes.js";

const TYPESCRIPT_7 = fileURLToPath(new URL("../../node_modules/typescript-7", import.meta.url));
const section = readBlocks("docs/bundlers.md")
  .filter(({ language }) => language === "sh")
  .flatMap(commandsOf)
  .slice(-3);

let app: ParcelApp;
beforeAll(() => {
  app = new ParcelApp("typescript-7");
  mkdirSync(app.at("node_modules"));
  symlinkSync(TYPESCRIPT_7, app.at("node_modules/typescript"), "junction");
  app.write("version.mjs", 'import ts from "typescript"; console.log(ts.version, Object.keys(ts).length < 5);\n');
});

test("generates, checks, compiles and runs", async () => {
  expect((await app.run(app.at("version.mjs"))).stdout).toMatch(/^7\.0\.\d+ true\n$/);
  expect((await app.shell("npx tsc --version")).stdout).toMatch(/^Version 7\./);
  const [once = ""] = section;
  expect(once).toBe("npx cano-gen && npx tsc");
  expect(await app.shell(once)).toEqual({ code: 0, stdout: "wrote src/parcel.cano.ts\n", stderr: "" });
  expect((await app.run(app.at("dist/main.js"))).stdout).toBe("sent label for 12 kg\n");
  // A stale module does not compile here, either.
  app.lose();
  expect((await app.shell("npx tsc")).stdout).toContain("error TS");
  app.find();
});

test("two processes that watch: an edit ends in a new module and no error; an error is shown by both, and clears", async () => {
  const [, generating = "", compiling = ""] = section;
  expect([generating, compiling]).toEqual(["npx cano-gen --watch", "npx tsc --watch"]);
  const [script, ...parameters] = scriptOf(generating, app.path);
  await using gen = new Other(script, ...parameters, "-p", app.path);
  await until(gen, /no errors/);
  // What the package starts is a program of its own, which would outlive its starter.
  const program = (
    (await import(pathToFileURL(`${TYPESCRIPT_7}/lib/getExePath.js`).href)) as { default: () => string }
  ).default();
  await using tsc = new Other({ program }, ...compiling.split(" ").slice(2), "-p", app.path);
  await until(tsc, /Found 0 errors/);

  app.edit("src/parcel.ts", "return to(Parcel.Sent", "if (kilos === 13) return Parcel.TooHeavy;\n    return to(Parcel.Sent");
  await until(gen, /wrote .*parcel\.cano\.ts/);
  await until(gen, /no errors/);
  await compiled("exit(run, 1, 3, Parcel.TooHeavy)", tsc);

  app.lose();
  await gen.complains(LOST);
  await until(tsc, /Found [1-9]\d* errors?/);
  app.find();
  await until(gen, /no errors/);
  await until(tsc, /Found 0 errors/);
});

async function until(process: Other, line: RegExp): Promise<void> {
  while (!line.test(await process.line()));
}

/** Waits until what `tsc` has written holds `text` and it finds nothing wrong. */
async function compiled(text: string, tsc: Other): Promise<void> {
  do await until(tsc, /Found 0 errors/);
  while (!app.read("dist/parcel.cano.js").includes(text));
}
