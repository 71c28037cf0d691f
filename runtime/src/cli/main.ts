/** The command `cano`: arguments in, exit code out. Which command does what is in the `run-*.ts` beside this file. */

import { readFileSync } from "node:fs";
import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import { isCanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { Command } from "./command.js";
import { helpTexts } from "./help.js";
import type { Io } from "./io.js";
import { openStore } from "./open-store.js";
import { paintFor, plain } from "./paint.js";
import { parseArguments } from "./parse-arguments.js";
import { UsageError } from "./read-options.js";

export { type Io, processIo } from "./io.js";

/** Runs one invocation. Exit codes: 0 done, 1 something could not be read, 2 usage. Never rejects. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    await runCommand(parseArguments(argv, io.env), io);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      io.stderr(`cano: ${plain(error.message)}\n`);
      return 2;
    }
    const code = isCanoError(error) && error.code !== undefined ? ` ${error.code}` : "";
    io.stderr(`${paintFor(io)("red", `error${code}`)}: ${plain(textOf(error))}\n`);
    return 1;
  }
}

async function runCommand(command: Command, io: Io): Promise<void> {
  if (command.kind === "help") return io.stdout(helpTexts[command.topic]);
  if (command.kind === "version") return io.stdout(`${readVersion()}\n`);
  const store = openStore(command.place, io);
  try {
    await runOn(store, command, io);
  } finally {
    await store.close();
  }
}

/** Loads no more than the command needs. */
async function runOn(store: CheckpointStore, command: Extract<Command, { place: unknown }>, io: Io): Promise<void> {
  switch (command.kind) {
    case "runs list":
      return await (await import("./run-list.js")).runList(store, command, io);
    case "runs show":
      return await (await import("./run-show.js")).runShow(store, command, io);
    case "runs tail":
      return await (await import("./run-tail.js")).runTail(store, command, io);
    case "runs graph":
      return await (await import("./run-graph.js")).runGraph(store, command, io);
    case "schedules list":
      return await (await import("./run-schedules.js")).runSchedules(store, command, io);
  }
}

function readVersion(): string {
  const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as { version: string };
  return manifest.version;
}
