/** Prints a pass: for people what has changed, what came of it and how it stands; for tools one line of JSON. */

import { type JsonFile, renderJson } from "../../diagnostics/json.js";
import { displayPath } from "../../diagnostics/display-path.js";
import { renderDiagnostics } from "../../diagnostics/render.js";
import { diskTexts } from "../../diagnostics/source-texts.js";
import type { Change } from "../../read/watch-project.js";
import type { GenerateCommand } from "../command.js";
import { hasErrors } from "../../projects/generate-projects.js";
import { type Io, usesColour } from "../io.js";
import type { Pass } from "../../projects/watch/watch-session.js";

/** How many changes are worth a name each. */
const few = 3;

/** Prints `pass`. On a terminal the screen is left to it, and what was there before can be scrolled to. */
export function printPass(pass: Pass, { format }: Pick<GenerateCommand, "format">, io: Io): void {
  const options = { cwd: io.cwd, texts: diskTexts(), colour: usesColour(io) };
  const { diagnostics, files, changes, startedAt, watched } = pass;
  if (format === "json") {
    io.stdout(renderJson(diagnostics, files, options, "line"));
    return;
  }
  if (changes.length > 0) {
    io.stderr(renderClear(io));
    io.stdout(renderStatus(startedAt, renderChanges(changes, io.cwd)));
  }
  io.stderr(renderDiagnostics(diagnostics, options));
  io.stdout(renderWritten(files, io.cwd));
  const standing = hasErrors(diagnostics) ? "" : "no errors, ";
  const waiting = watched === 0 ? "waiting for a change" : `watching ${count(watched)}`;
  io.stdout(renderStatus(io.now(), `${standing}${waiting}`));
}

/** A line with the time of day. */
export function renderStatus(time: number, text: string): string {
  return `${new Date(time).toTimeString().slice(0, 8)} ${text}\n`;
}

function renderChanges(changes: readonly Change[], cwd: string): string {
  if (changes.length > few) return `${count(changes.length)} changed`;
  const verbs = { changed: "changed", new: "is new", gone: "is gone" };
  return changes.map(({ path, kind }) => `${displayPath(path, cwd)} ${verbs[kind]}`).join(", ");
}

function renderWritten(files: readonly JsonFile[], cwd: string): string {
  const written = files.filter(({ status }) => status === "created" || status === "updated");
  return written.map(({ path }) => `wrote ${displayPath(path, cwd)}\n`).join("");
}

/** Moves what is on the screen up and out of sight. */
function renderClear({ isTerminal, rows }: Io): string {
  return isTerminal ? `${"\n".repeat(rows)}\u001B[H\u001B[J` : "";
}

function count(files: number): string {
  return files === 1 ? "1 file" : `${files} files`;
}
