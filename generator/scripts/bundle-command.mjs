/**
 * Bundles the command line into `dist/bin`, a file for each command and for what several of them share: to find and read all modules one by one, and to compile
 * the templates, takes a tenth of a cold run of 200 tasks. Run after `tsc`.
 */

import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import Handlebars from "handlebars";
import { TEMPLATE_OPTIONS, templateNames, templateText } from "../dist/emit/render-module.js";

// It is no module of `dist`, and is reached from each file of `dist/bin` alike.
const compiler = {
  name: "compiler",
  setup: ({ onResolve }) =>
    onResolve({ filter: /\/typescript\/index\.cjs$/ }, () => ({ path: "../../typescript/index.cjs", external: true })),
};

/** `renderModule` again, of templates that are compiled already, so that the compiler of Handlebars is not loaded. */
const templates = {
  name: "templates",
  setup: ({ onLoad }) => onLoad({ filter: /emit[\\/]render-module\.js$/ }, () => ({ contents: compiledRenderer() })),
};

function compiledRenderer() {
  // A text, whatever its type says.
  const compiled = (name) =>
    `handlebars.template(${/** @type {any} */ (Handlebars.precompile(templateText(name), TEMPLATE_OPTIONS))})`;
  const partials = templateNames().filter((name) => name !== "module");
  return [
    'import Handlebars from "handlebars/runtime.js";',
    "const handlebars = Handlebars.create();",
    ...partials.map((name) => `handlebars.registerPartial("${name}", ${compiled(name)});`),
    `export const renderModule = ${compiled("module")};`,
  ].join("\n");
}

await build({
  absWorkingDir: fileURLToPath(new URL("../", import.meta.url)),
  entryPoints: ["dist/cli/main.js"],
  outdir: "dist/bin",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  packages: "external",
  plugins: [compiler, templates],
  logLevel: "warning",
});
