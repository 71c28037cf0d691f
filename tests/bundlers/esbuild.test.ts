/** A real esbuild with the plugin: builds and contexts that watch. */

import cano from "cano-gen/unplugin";
import { type BuildResult, context } from "esbuild";
import { expect, test } from "vitest";
import { LOST, ParcelApp } from "./parcel-app.js";

test("a build generates, bundles and runs", async () => {
  const app = new ParcelApp("esbuild");
  expect(await app.run(app.at("build.mjs"))).toMatchObject({ code: 0 });
  expect((await app.run(app.at("dist/main.js"))).stdout).toBe("sent label for 12 kg\n");
});

test("a failed check fails the build with its code frame, and nothing is written", async () => {
  const app = new ParcelApp("esbuild-failed");
  app.lose();
  const { code, stderr } = await app.run(app.at("build.mjs"));
  expect(code).toBe(1);
  expect(stderr).toContain(LOST);
  expect(stderr).toContain("--> src/parcel.ts:4:92");
  expect(stderr).toContain("Build failed with 1 error");
  expect(app.has("dist")).toBe(false);
});

test("a module that a build begins with: a failed check is all that is said, until it is mended", async () => {
  const app = new ParcelApp("esbuild-entry");
  app.lose();
  const bundle = await context({
    absWorkingDir: app.path,
    entryPoints: ["src/parcel.cano.ts"],
    bundle: true,
    write: false,
    logLevel: "silent",
    platform: "node",
    format: "esm",
    plugins: [cano.esbuild()],
  });
  try {
    const failed: unknown = await bundle.rebuild().catch((error: unknown) => error);
    expect(failed).toMatchObject({ errors: [{ text: expect.stringContaining(LOST) }] });
    app.find();
    expect((await bundle.rebuild()).outputFiles[0]?.text).toContain("createParcel");
  } finally {
    await bundle.dispose();
  }
});

test("a watch: each build has the modules of the sources as they are, and starts no other", async () => {
  const app = new ParcelApp("esbuild-watch");
  const builds = new Builds();
  const watch = await context({
    absWorkingDir: app.path,
    entryPoints: ["src/main.ts"],
    bundle: true,
    write: false,
    logLevel: "silent",
    platform: "node",
    format: "esm",
    plugins: [
      cano.esbuild(),
      {
        name: "tell",
        setup: (build) => {
          build.onEnd((result) => {
            builds.add(result);
          });
        },
      },
    ],
  });
  try {
    // Nothing has been generated, and nothing can be.
    app.lose();
    await watch.watch();
    expect((await builds.next()).errors).toContain(LOST);
    app.find();
    expect(await builds.next()).toEqual({ errors: "", text: expect.stringContaining('"too heavy"') });
    app.edit("src/parcel.ts", "kilos > 30", "kilos > 20");
    expect(await builds.next()).toEqual({ errors: "", text: expect.stringContaining("kilos > 20") });
    // The module is another one now.
    app.edit("src/parcel.ts", "to(Parcel.Send, kilos)", "to(Parcel.Sent, kilos)");
    expect(await builds.next()).toMatchObject({ errors: expect.stringContaining("CANO2") });
    app.edit("src/parcel.ts", "to(Parcel.Sent, kilos)", "to(Parcel.Send, kilos)");
    expect((await builds.next()).errors).toBe("");
    app.lose();
    expect((await builds.next()).errors).toContain(LOST);
    app.find();
    expect((await builds.next()).errors).toBe("");
    // What has been written since has led to no build: the next one is that of the next edit.
    app.edit("src/main.ts", "input: 12", "input: 13");
    expect(await builds.next()).toEqual({ errors: "", text: expect.stringContaining("input: 13") });
    expect(builds.count).toBe(8);
  } finally {
    await watch.dispose();
  }
});

/** The builds of a watch, in their order. */
class Builds {
  count = 0;
  private readonly ended: BuildResult[] = [];
  private wake: () => void = () => undefined;

  add(result: BuildResult): void {
    this.count++;
    this.ended.push(result);
    this.wake();
  }

  async next(): Promise<{ errors: string; text: string | undefined }> {
    while (this.ended.length === 0) await new Promise<void>((wake) => (this.wake = wake));
    const [result] = this.ended.splice(0, 1);
    return { errors: result?.errors.map(({ text }) => text).join("\n") ?? "", text: result?.outputFiles?.[0]?.text };
  }
}
