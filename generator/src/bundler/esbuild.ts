/** The plugin's part for esbuild, whose hooks say what to watch only where a module is looked for or loaded. */

import { readFile } from "node:fs/promises";
import type { PluginBuild } from "esbuild";
import { importsGenerated, isGeneratedModule } from "./generated-modules.js";
import { Generation, type Standing } from "./generation.js";
import type { CanoOptions } from "./options.js";

/** Where modules are taken from that cannot be made. */
const UNMADE = "cano-gen:unmade";

/** Sets the hooks of one build, or of one context. */
export function setUpEsbuild(build: PluginBuild, options: CanoOptions): void {
  const generation = new Generation(options, build.initialOptions.absWorkingDir ?? process.cwd());
  let standing: Standing | undefined;
  build.onStart(async () => {
    standing = await generation.update();
    const { failure, warnings } = standing;
    return {
      errors: failure ? [{ text: failure.message }] : [],
      warnings: warnings === undefined ? [] : [{ text: warnings }],
    };
  });
  // Whatever a module is made from changes it, types in other files included.
  const watchFiles = (): string[] => [...(standing?.inputs ?? [])];
  // The build has failed. That a module is missing, or what is wrong with an old one, need not be said, too.
  build.onResolve({ filter: importsGenerated }, ({ path, kind }) => {
    if (!standing?.failure) return undefined;
    // What a build begins with cannot be left out of it.
    return kind === "entry-point" ? { path, namespace: UNMADE } : { path, external: true, watchFiles: watchFiles() };
  });
  build.onLoad({ filter: isGeneratedModule, namespace: UNMADE }, () => ({ contents: "", watchFiles: watchFiles() }));
  build.onLoad({ filter: isGeneratedModule }, async ({ path }) => ({
    contents: await readFile(path, "utf8"),
    loader: "ts",
    watchFiles: watchFiles(),
  }));
}
