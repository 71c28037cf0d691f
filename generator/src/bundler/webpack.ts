/** The plugin's part for webpack and Rspack, where an error that a hook throws ends the watch: so it is put among those of the compilation. */

import { Generation, type Standing } from "./generation.js";
import type { CanoOptions } from "./options.js";

/** What is used of either tool's compiler. */
export interface Compiler {
  readonly context: string;
  /** What webpack has read of the disk, and when it was written as far as it knows; Rspack keeps that to itself. */
  readonly inputFileSystem?: { purge?(paths: string[]): void } | null;
  readonly fileTimestamps?: { delete?(path: string): unknown };
  readonly hooks: {
    readonly run: Hook<() => Promise<void>>;
    readonly watchRun: Hook<() => Promise<void>>;
    readonly thisCompilation: { tap(name: string, listener: (compilation: Compilation) => void): void };
    readonly afterCompile: { tap(options: { name: string; stage: number }, listener: (compilation: Compilation) => void): void };
    readonly shouldEmit: { tap(name: string, listener: () => boolean | undefined): void };
  };
}

interface Hook<Listener> {
  tapPromise(name: string, listener: Listener): void;
}

interface Compilation {
  errors: Error[];
  readonly warnings: Error[];
  readonly fileDependencies: { add(path: string): unknown };
}

/** Sets the hooks of a compiler, which makes one build or many. */
export function setUpWebpack(compiler: Compiler, options: CanoOptions): void {
  const { context, hooks } = compiler;
  const name = "cano-gen";
  const generation = new Generation(options, context);
  let standing: Standing | undefined;
  const update = async (): Promise<void> => {
    standing = await generation.update();
    // Else this build would have the modules of the one before, and only the next one these.
    compiler.inputFileSystem?.purge?.([...standing.written]);
    for (const path of standing.written) compiler.fileTimestamps?.delete?.(path);
  };
  hooks.run.tapPromise(name, update);
  hooks.watchRun.tapPromise(name, update);
  hooks.thisCompilation.tap(name, ({ errors, warnings, fileDependencies }) => {
    if (standing?.failure) errors.push(standing.failure);
    if (standing?.warnings !== undefined) warnings.push(new Error(standing.warnings));
    for (const path of standing?.inputs ?? []) fileDependencies.add(path);
  });
  // That a module is missing, or what loaders have against an old one, need not be said, too. Plugins that check types tell theirs with this hook.
  hooks.afterCompile.tap({ name, stage: Infinity }, (compilation) => {
    if (standing?.failure) compilation.errors = [standing.failure];
  });
  // In development mode webpack writes what it has got in spite of errors.
  hooks.shouldEmit.tap(name, () => (standing?.failure ? false : undefined));
}
