/** `cano-gen/unplugin`: the plugin for Vite, Rollup, Rolldown, esbuild, webpack, Rspack and whatever else unplugin knows. */

export type { CanoOptions } from "./options.js";
export { cano as default } from "./unplugin.js";
