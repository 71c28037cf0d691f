/** `cano-gen graph <file>`: proves the workflows of a file and draws one. Writes no file. */

import { renderDot, renderMermaid, renderSvg } from "cano/graph";
import { noWorkflow } from "../diagnostics/catalogue/files.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { renderDiagnostics } from "../diagnostics/render.js";
import { diskTexts } from "../diagnostics/source-texts.js";
import { buildGraphJson, renderGraphJson } from "../graph/graph-json.js";
import type { Machine } from "../model/machine.js";
import { findProjects } from "../projects/find-projects.js";
import { startProgress } from "../projects/progress.js";
import { runProject } from "../projects/run-project.js";
import { findNearest } from "../text/slips.js";
import type { GraphCommand } from "./command.js";
import { type Io, usesColour } from "./io.js";

/** Carries out the command; returns the exit code. */
export async function runGraph(command: GraphCommand, io: Io): Promise<number> {
  const { machines, diagnostics } = await readMachines(command, io);
  io.stderr(renderDiagnostics(diagnostics, { cwd: io.cwd, texts: diskTexts(), colour: usesColour(io) }));
  if (diagnostics.some(({ severity }) => severity === "error")) return 1;
  const chosen = command.workflow === undefined ? machines : machines.filter(({ name }) => name === command.workflow);
  const problem = findProblem(command, machines, chosen);
  if (problem !== undefined) {
    io.stderr(`cano-gen: ${problem}\n`);
    return 2;
  }
  io.stdout(await renderGraph(command, chosen));
  return 0;
}

async function readMachines(
  command: GraphCommand,
  io: Io,
): Promise<{ machines: readonly Machine[]; diagnostics: readonly Diagnostic[] }> {
  const found: Diagnostic[] = [];
  const projects = findProjects({ files: [command.file], tsconfig: command.tsconfig }, io.cwd, (diagnostic) =>
    found.push(diagnostic),
  );
  if (found.length > 0) return { machines: [], diagnostics: found };
  const progress = startProgress(io);
  const machines: Machine[] = [];
  for (const project of projects) {
    const result = await runProject(project, { outDir: undefined, cache: false, locks: undefined }, io, progress);
    found.push(...result.diagnostics);
    if (result.kind === "generated") machines.push(...result.machines);
    // Of several projects that have the file, one is enough.
    if (machines.length > 0) break;
  }
  progress.clear();
  const none = machines.length === 0 && found.length === 0 ? [noWorkflow(undefined, { files: [command.file] })] : [];
  return { machines, diagnostics: [...found, ...none] };
}

/** A drawing shows one machine; only JSON can list several. */
function findProblem(command: GraphCommand, machines: readonly Machine[], chosen: readonly Machine[]): string | undefined {
  const names = machines.map(({ name }) => name);
  const list = names.map((name) => `\`${name}\``).join(", ");
  if (chosen.length === 0) {
    const nearest = findNearest(command.workflow ?? "", names);
    return `no workflow \`${command.workflow ?? ""}\` in ${command.file}: ${nearest === undefined ? `there is ${list}` : `did you mean \`${nearest}\`?`}`;
  }
  return chosen.length > 1 && command.format !== "json"
    ? `choose one of the workflows ${list} with \`--workflow <name>\``
    : undefined;
}

async function renderGraph({ format }: GraphCommand, machines: readonly Machine[]): Promise<string> {
  if (format === "json") return renderGraphJson(machines);
  const drawings = await Promise.all(machines.map(async (machine) => await RENDERERS[format](buildGraphJson(machine))));
  return drawings.join("\n");
}

const RENDERERS = { mermaid: renderMermaid, dot: renderDot, svg: renderSvg } as const;
