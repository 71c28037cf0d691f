/** One project through the pipeline, or from the cache when nothing has changed. Loads the compiler only when it must. */

import { dirname } from "node:path";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { OutputFile } from "../emit/emit-modules.js";
import { type CacheSlot, findCached, findCacheSlot, writeCached } from "../files/cache.js";
import { askProbe } from "../files/probe.js";
import { listQuestions } from "../files/probes-of.js";
import type { Machine } from "../model/machine.js";
import type { ProjectRequest } from "./find-projects.js";
import type { Io } from "./io.js";
import type { Progress } from "./progress.js";

/** What a project yields. */
export type ProjectResult =
  /** Nothing has changed since it was clean: `outputs` are on disk as they should be. */
  | { readonly kind: "cached"; readonly outputs: readonly string[]; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: "generated";
      readonly files: readonly OutputFile[];
      readonly machines: readonly Machine[];
      readonly diagnostics: readonly Diagnostic[];
      /** Keeps the result for the next time; to be called when the files are on disk and there was no error. */
      readonly remember: () => void;
    };

/** What else decides the result. */
export interface ProjectSettings {
  /** Absolute path. */
  readonly outDir: string | undefined;
  readonly cache: boolean;
}

/** Runs the pipeline on `request`, if need be. */
export async function runProject(
  request: ProjectRequest,
  settings: ProjectSettings,
  io: Io,
  progress: Progress,
): Promise<ProjectResult> {
  const slot = settings.cache ? findSlot(request, settings) : undefined;
  const cached = slot ? findCached(slot) : undefined;
  if (cached) return { kind: "cached", outputs: cached.outputs, diagnostics: cached.warnings };
  const startedAt = io.now();
  const namesBefore = slot ? askNames(request) : "";
  progress.show("loading the compiler");
  const { generate } = await import("../generate.js");
  const { files, machines, diagnostics, inputs } = generate({
    tsconfig: request.tsconfig,
    files: request.files,
    outDir: settings.outDir,
    debug: io.env["CANO_DEBUG"] !== undefined,
    onStage: (stage) => {
      progress.show(stage);
    },
  });
  // A file that came or went meanwhile may or may not have been seen.
  const steady = slot !== undefined && askNames(request) === namesBefore;
  const remember = (): void => {
    if (!slot || !steady || !request.chain) return;
    const outputs = files.map(({ path }) => path);
    writeCached(
      slot,
      { questions: listQuestions(inputs, outputs, request.chain.files), outputs: files, warnings: diagnostics },
      startedAt,
    );
  };
  return { kind: "generated", files, machines, diagnostics, remember };
}

/** Without a configuration, or with one that was not followed to its end, it cannot be known what to watch. */
function findSlot({ tsconfig, chain, files }: ProjectRequest, { outDir }: ProjectSettings): CacheSlot | undefined {
  if (tsconfig === undefined || !chain?.complete) return undefined;
  return findCacheSlot(dirname(tsconfig), [tsconfig, files ?? null, outDir ?? null]);
}

/** The answers that do not depend on what the compiler finds: the names of the files that globs could pick up. */
function askNames({ chain }: ProjectRequest): string {
  const questions = listQuestions([], [], chain?.files ?? []).filter(({ kind }) => kind === "tree");
  return questions.map(({ kind, path }) => askProbe(kind, path)).join();
}
