/** One project through the pipeline, or from the cache when nothing has changed. Loads the compiler only when it must. */

import { dirname } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { type CacheSlot, findCached, findCacheSlot, writeCached } from "../files/cache.js";
import type { OutputFile } from "../files/output-file.js";
import { askProbe } from "../files/probe.js";
import { listQuestions, listTrees } from "../files/probes-of.js";
import { pathsOf, type TsconfigFile } from "../files/tsconfig-chain.js";
import type { Machine } from "../model/machine.js";
import type { ProjectRequest } from "./find-projects.js";
import type { Progress } from "./progress.js";
import type { Surroundings } from "./request.js";

/** What a project yields. */
export type ProjectResult =
  /** Nothing has changed since it was clean: `outputs` are on disk as they should be. */
  | {
      readonly kind: "cached";
      readonly outputs: readonly string[];
      readonly inputs: readonly string[];
      readonly diagnostics: readonly Diagnostic[];
    }
  | {
      readonly kind: "generated";
      readonly files: readonly OutputFile[];
      readonly machines: readonly Machine[];
      /** The files that decided it, whether they are there or not: absolute paths. */
      readonly inputs: readonly string[];
      readonly diagnostics: readonly Diagnostic[];
      /** Keeps the result for the next time; to be called when the files are on disk and there was no error. */
      readonly remember: () => void;
    };

/** What else decides the result. */
export interface ProjectSettings {
  /** Absolute path. */
  readonly outDir: string | undefined;
  readonly cache: boolean;
  /** The texts of locks as other projects of the command are going to leave them, by their paths; undefined where durable workflows are neither compared nor recorded. */
  readonly locks: ReadonlyMap<string, string> | undefined;
}

/** Runs the pipeline on `request`, if need be. */
export async function runProject(
  request: ProjectRequest,
  settings: ProjectSettings,
  around: Surroundings,
  progress: Progress,
): Promise<ProjectResult> {
  const memory = settings.cache ? findMemory(request, settings) : undefined;
  const cached = memory ? findCached(memory.slot) : undefined;
  if (cached) return { kind: "cached", outputs: cached.outputs, inputs: cached.inputs, diagnostics: cached.warnings };
  const startedAt = around.now();
  const namesBefore = memory && askNames(memory);
  progress.show("loading the compiler");
  const { generate } = await import("../generate.js");
  const { findLock, lockPathOf } = await import("../files/find-lock.js");
  const lock = lockPathOf(request.tsconfig, around.cwd);
  const {
    files,
    machines,
    diagnostics,
    inputs: sources,
    sought,
  } = generate({
    tsconfig: request.tsconfig,
    files: request.files,
    isPart: request.isPart,
    project: request.open,
    outDir: settings.outDir,
    lock: settings.locks && {
      path: lock,
      ...(settings.locks.has(lock) ? { text: settings.locks.get(lock) } : findLock(lock)),
      whole: request.files === undefined,
    },
    debug: around.env["CANO_DEBUG"] !== undefined,
    onStage: (stage) => {
      progress.show(stage);
    },
  });
  // A file that came or went meanwhile may or may not have been seen.
  const steady = memory !== undefined && askNames(memory) === namesBefore;
  const remember = (): void => {
    if (!steady) return;
    const outputs = files.map(({ path }) => path);
    const questions = listQuestions(memory.root, memory.tsconfig, { inputs: [...sources, lock], outputs, sought });
    writeCached(memory.slot, { questions, outputs: files, warnings: diagnostics }, startedAt);
  };
  const inputs = [...sources, lock, ...(request.chain ? pathsOf(request.chain) : [])];
  return { kind: "generated", files, machines, inputs, diagnostics, remember };
}

/** Whether the result of `request` is remembered and nothing has changed since. */
export function isRemembered(request: ProjectRequest, settings: Pick<ProjectSettings, "outDir">): boolean {
  const memory = findMemory(request, settings);
  return memory !== undefined && findCached(memory.slot) !== undefined;
}

/** Where a result may be kept, and the configuration that says what it depends on. */
interface Memory {
  readonly slot: CacheSlot;
  readonly root: string;
  readonly tsconfig: readonly TsconfigFile[];
}

/** Without a configuration, or with one that was not followed to its end, it cannot be known what to watch. */
function findMemory({ tsconfig, chain, files }: ProjectRequest, { outDir }: Pick<ProjectSettings, "outDir">): Memory | undefined {
  if (tsconfig === undefined || !chain?.complete) return undefined;
  const root = dirname(tsconfig);
  // A package may come to say that its configuration is another one.
  const slot = findCacheSlot(root, [pathsOf(chain), files ?? null, outDir ?? null]);
  return slot && { slot, root, tsconfig: chain.files };
}

/** The answers that do not depend on what the compiler finds. */
function askNames({ root, tsconfig }: Memory): string {
  return listTrees(root, tsconfig)
    .map((path) => askProbe("tree", path))
    .join();
}
