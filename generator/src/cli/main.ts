/** The command line: arguments in, exit code out. Which command does what is in the `run-*.ts` beside this file. */

import { diskTexts } from "../diagnostics/source-texts.js";
import { readVersion } from "../files/fingerprint.js";
import type { Command } from "./command.js";
import { helpTexts } from "./help.js";
import { type Io, usesColour } from "./io.js";
import { parseArguments } from "./parse-arguments.js";

export { type Io, processIo } from "./io.js";

/** Runs one invocation. Exit codes: 0 clean, 1 diagnostics, 2 usage. Never throws. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let stage = "reading the command line";
  try {
    const command = parseArguments(argv);
    stage = `running \`${command.kind}\``;
    return await runCommand(command, io);
  } catch (error) {
    const { buildInternalError } = await import("../diagnostics/internal-error.js");
    const { renderDiagnostic } = await import("../diagnostics/render.js");
    const diagnostic = buildInternalError(error, { stage, file: undefined }, io.env["CANO_DEBUG"] !== undefined);
    io.stderr(renderDiagnostic(diagnostic, { cwd: io.cwd, texts: diskTexts(), colour: usesColour(io) }));
    return 1;
  }
}

/** Loads no more than the command needs: half of the time of a run in which nothing has changed is loading. */
async function runCommand(command: Command, io: Io): Promise<number> {
  switch (command.kind) {
    case "generate":
      return await (await import("./run-generate.js")).runGenerate(command, io);
    case "watch":
      return await (await import("./watch/run-watch.js")).runWatch(command, io);
    case "graph":
      return await (await import("./run-graph.js")).runGraph(command, io);
    case "diff":
      return await (await import("./run-diff.js")).runDiff(command, io);
    case "explain":
      return (await import("./run-explain.js")).runExplain(command.code, io);
    case "explain-cron":
      return (await import("./run-explain-cron.js")).runExplainCron(command, io);
    case "help":
      io.stdout(helpTexts[command.topic]);
      return 0;
    case "version":
      io.stdout(`${readVersion()}\n`);
      return 0;
    case "usage-error":
      io.stderr(`cano-gen: ${command.message}\n`);
      return 2;
  }
}
