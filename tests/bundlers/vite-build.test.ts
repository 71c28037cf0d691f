/** `vite build` with the plugin, once and watching. */

import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { readBlocks } from "../docs/blocks.js";
import { Other } from "../support/processes.js";
import { LOST, ParcelApp, SCRIPTS } from "./parcel-app.js";

// What goes into the guide's project to have something to build.
const page = '<script type="module" src="/src/main.ts"></script>\n';

const shown = readBlocks("docs/bundlers.md").find(({ text }) => text.startsWith("error CANO"))?.text ?? "nothing";

test("a build generates and bundles; a failed check fails it as the guide shows, and nothing is written", async () => {
  const app = new ParcelApp("vite-build");
  app.write("index.html", page);
  app.lose();
  const failed = await app.run(SCRIPTS.vite, "build");
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain(shown);
  // Once, and without the way there through the generator.
  expect(failed.stderr.split(LOST)).toHaveLength(2);
  expect(failed.stderr).not.toContain("generator/dist");
  expect([app.has("dist"), app.has("src/parcel.cano.ts")]).toEqual([false, false]);
  app.find();
  expect(await app.run(SCRIPTS.vite, "build")).toMatchObject({ code: 0 });
  expect([app.has("dist/index.html"), app.has("src/parcel.cano.ts")]).toEqual([true, true]);
});

test("a watch goes on after a mistake, also the first time, and builds what is mended", async () => {
  const app = new ParcelApp("vite-watch");
  app.write("index.html", page);
  app.lose();
  await using watch = new Other(SCRIPTS.vite, "build", app.path, "--watch", "--minify", "false");
  await watch.complains(LOST);
  expect(app.has("dist")).toBe(false);
  app.find();
  await until(watch, /built in/);
  expect(app.has("dist/index.html")).toBe(true);
  app.edit("src/parcel.ts", "return to(Parcel.Sent", "if (kilos === 13) return Parcel.TooHeavy;\n    return to(Parcel.Sent");
  // What was written for the build before may lead to one in between, which changes nothing.
  do await until(watch, /built in/);
  while (!bundleOf(app).includes("exit(run, 1, 3, Parcel.TooHeavy)"));
});

function bundleOf(app: ParcelApp): string {
  return readdirSync(app.at("dist/assets"))
    .map((name) => app.read(`dist/assets/${name}`))
    .join("");
}

async function until(watch: Other, line: RegExp): Promise<void> {
  while (!line.test(await watch.line()));
}
