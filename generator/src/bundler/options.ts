/** What a build tool's configuration says to the plugin, and what it asks of the generator with that. */

import { resolve } from "node:path";
import { findBadOption } from "../projects/find-bad-option.js";
import type { Request } from "../projects/request.js";

/** The plugin's options; paths count from the build's root. */
export interface CanoOptions {
  /** The configuration whose workflows are generated, or the folder that holds it. Default: the `tsconfig.json` that is nearest to the root of the build, in it or above. */
  readonly tsconfig?: string | undefined;
  /** Where modules go. Default: each beside its source. */
  readonly outDir?: string | undefined;
}

/** What a build asks for with its root at `root`, an absolute path. Throws when there is an option that the plugin does not have, or that is no path. */
export function requestOf(options: CanoOptions, root: string): Request {
  const problem = findBadOption(options, "plugin", ["tsconfig", "outDir"]);
  if (problem !== undefined) throw new TypeError(problem);
  const { tsconfig, outDir } = options;
  return {
    files: [],
    tsconfig: tsconfig === undefined ? undefined : resolve(root, tsconfig),
    outDir,
    check: false,
    cache: true,
  };
}
