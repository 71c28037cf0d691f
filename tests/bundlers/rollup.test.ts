/** A real Rollup with the plugin: a build, a failed check, and a plugin beside it that reads TypeScript on its own. */

import { existsSync, readFileSync } from "node:fs";
import cano from "cano-gen/unplugin";
import { transform } from "esbuild";
import { type Plugin, rollup } from "rollup";
import { expect, test } from "vitest";
import { LOST, ParcelApp } from "./parcel-app.js";

/** As `@rollup/plugin-typescript` does: all is compiled when a build starts, and nothing that comes later is seen. */
function compileAtStart(app: ParcelApp): Plugin {
  const texts = new Map<string, string>();
  return {
    name: "compile-at-start",
    buildStart() {
      for (const path of ["src/main.ts", "src/parcel.ts", "src/parcel.cano.ts"].map((file) => app.at(file)))
        if (existsSync(path)) texts.set(path, readFileSync(path, "utf8"));
    },
    resolveId: (id) => (id.startsWith("cano") ? { id, external: true } : undefined),
    load: async (id) => {
      const text = texts.get(id);
      return text === undefined ? undefined : (await transform(text, { loader: "ts" })).code;
    },
  };
}

/** A build with the plugin at the end of the list. */
async function build(app: ParcelApp): Promise<string> {
  const options = { tsconfig: app.at("tsconfig.json") };
  const bundle = await rollup({ input: app.at("src/main.ts"), plugins: [compileAtStart(app), cano.rollup(options)] });
  const { output } = await bundle.generate({ format: "es" });
  return output[0].code;
}

test("modules are written before any other plugin reads TypeScript", async () => {
  const app = new ParcelApp("rollup");
  expect(await build(app)).toContain("createParcel");
  // The module of before is on disk now.
  app.edit("src/parcel.ts", "? Parcel.TooHeavy :", "? (kilos > 99 ? Parcel.Refused : Parcel.TooHeavy) :");
  app.edit("src/parcel.ts", '"too heavy" }', '"too heavy", Refused: "refused" }');
  app.edit("src/parcel.ts", "exits: [", "exits: [Parcel.Refused, ");
  expect(await build(app)).toContain("Parcel.Refused) return");
});

test("a failed check fails the build with its code frame, and tells the place", async () => {
  const app = new ParcelApp("rollup-failed");
  app.lose();
  const failed: unknown = await build(app).catch((error: unknown) => error);
  expect(failed).toMatchObject({
    message: expect.stringContaining(LOST),
    plugin: "cano-gen",
    id: app.at("src/parcel.ts"),
    loc: { line: 4 },
  });
});
