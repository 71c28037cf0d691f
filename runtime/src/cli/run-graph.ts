/** `cano runs graph`: the picture of a workflow with the way of a run. The machine is read from a file, so that nothing of the application is run. */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { CheckpointStore, RunRecord } from "../checkpoint/checkpoint-store.js";
import type { Drawing, Walk } from "../drawing/drawing.js";
import { renderMermaid } from "../drawing/render-mermaid.js";
import { renderSvg } from "../drawing/svg/render-svg.js";
import { textOf } from "../errors/thrown.js";
import type { GraphCommand } from "./command.js";
import { findRun, readRows } from "./find-run.js";
import type { Io } from "./io.js";

/** Carries out the command. */
export async function runGraph(store: CheckpointStore, command: GraphCommand, io: Io): Promise<void> {
  const run = await findRun(store, command);
  const drawing = readDrawing(resolve(io.cwd, command.file), run.workflow);
  const path: string[] = [];
  for await (const { kind, state } of readRows(store, run)) if (kind === "entry" || kind === "exit") path.push(state);
  const walk = { path, end: endOf(run) };
  io.stdout(command.format === "svg" ? await renderSvg(drawing, { walk }) : renderMermaid(drawing, { walk }));
}

function endOf({ status }: RunRecord): Walk["end"] {
  if (status === "running") return "standing";
  return status === "completed" ? "finished" : "failed";
}

function readDrawing(file: string, workflow: string): Drawing {
  const cure = "`cano-gen graph <source> --format json` writes such a file";
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (cause) {
    throw new Error(`\`${file}\` cannot be read: ${textOf(cause)}: ${cure}`, { cause });
  }
  if (!isReport(read)) throw new Error(`\`${file}\` is no graph that this version of cano knows: ${cure}`);
  const drawing = read.workflows.find(({ name }) => name === workflow);
  if (drawing === undefined) throw new Error(`\`${file}\` has no workflow \`${workflow}\`: ${cure}`);
  return drawing;
}

function isReport(read: unknown): read is { readonly workflows: readonly Drawing[] } {
  if (typeof read !== "object" || read === null || !("version" in read) || read.version !== 1) return false;
  return "workflows" in read && Array.isArray(read.workflows) && read.workflows.every(isDrawing);
}

function isDrawing(read: unknown): read is Drawing {
  if (typeof read !== "object" || read === null || !("name" in read)) return false;
  return ["initial", "states", "transitions"].every((list) => Array.isArray((read as Record<string, unknown>)[list]));
}
