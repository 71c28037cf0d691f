/** The plugin for all build tools that unplugin knows: which of its parts goes to which. Generating is `generation.ts`. */

import { createUnplugin, type UnpluginInstance, type UnpluginOptions } from "unplugin";
import { setUpEsbuild } from "./esbuild.js";
import { Generation } from "./generation.js";
import type { CanoOptions } from "./options.js";
import { viteHooks, ViteServer } from "./vite-server.js";
import { setUpWebpack } from "./webpack.js";

const name = "cano-gen";

/** A plugin for each build tool, as in `cano.vite()`: it generates before a build and at every change, and a failed check fails the build. */
export const cano: UnpluginInstance<CanoOptions | undefined, false> = createUnplugin((options = {}, { framework }) => {
  const start = () => startBuild(new Generation(options, process.cwd()));
  switch (framework) {
    case "esbuild":
      return {
        name,
        esbuild: {
          setup: (build) => {
            setUpEsbuild(build, options);
          },
        },
      };
    case "webpack":
      return {
        name,
        webpack: (compiler) => {
          setUpWebpack(compiler, options);
        },
      };
    case "rspack":
      return {
        name,
        rspack: (compiler) => {
          setUpWebpack(compiler, options);
        },
      };
    case "vite":
      return forVite(options);
    case "rollup":
      return { name, rollup: { buildStart: beforeOthers(start()) } };
    case "rolldown":
      return { name, rolldown: { buildStart: beforeOthers(start()) } };
    default:
      return { name, buildStart: start() };
  }
});

/** What is used of a build tool when a build starts. */
interface Starting {
  addWatchFile(path: string): void;
  warn?(text: string): void;
}

/** Has all other plugins wait: one that reads the whole TypeScript project when a build starts would read the modules as they were. */
function beforeOthers<Start>(handler: Start): { order: "pre"; sequential: true; handler: Start } {
  return { order: "pre", sequential: true, handler };
}

/** For all that work as Rollup does: what is thrown at the start ends the build, and a watch goes on with the next change. */
function startBuild(generation: Generation): (this: Starting) => Promise<void> {
  return async function start() {
    const { failure, warnings, inputs } = await generation.update();
    for (const path of inputs) this.addWatchFile(path);
    if (failure) throw failure;
    if (warnings !== undefined) this.warn?.(warnings);
  };
}

function forVite(options: CanoOptions): UnpluginOptions {
  let server: ViteServer | undefined;
  let build = startBuild(new Generation(options, process.cwd()));
  return {
    name,
    enforce: "pre",
    vite: {
      buildStart: beforeOthers(async function (this: Starting) {
        await (server ? server.update() : build.call(this));
      }),
      configResolved({ command, root, logger }) {
        const generation = new Generation(options, root);
        build = startBuild(generation);
        server = command === "serve" ? new ViteServer(generation, root, logger) : undefined;
      },
      ...viteHooks(() => server),
    },
  };
}
