/** `cano-gen --watch`: passes until it is told to stop, with a command after each clean one if that is asked for. */

import type { WatchCommand } from "../command.js";
import { hasErrors } from "../../projects/generate-projects.js";
import type { Io, StopSignal } from "../io.js";
import { watchDisk } from "../../read/watched-disk.js";
import { Bell } from "./bell.js";
import { startChild } from "./child.js";
import { FollowUp } from "./follow-up.js";
import { printPass, renderStatus } from "./print-pass.js";
import { WatchSession } from "../../projects/watch/watch-session.js";

/** What a shell reports of a program that a signal ended. */
const exitCodes: Readonly<Record<StopSignal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };

/** Carries out the command; returns the exit code once a signal has asked it to stop and nothing is left behind. */
export async function runWatch({ generate, exec }: WatchCommand, io: Io): Promise<number> {
  const bell = new Bell();
  const stop = io.untilStopped();
  const session = new WatchSession(
    generate,
    io,
    watchDisk(() => {
      bell.ring();
    }),
  );
  const followUp = exec === undefined ? undefined : followWith(exec, generate.format, io);
  try {
    for (;;) {
      const pass = await session.pass();
      if (pass) printPass(pass, generate, io);
      if (pass && !hasErrors(pass.diagnostics)) followUp?.restart();
      const signal = await Promise.race([bell.wait(), stop]);
      if (signal !== undefined) return exitCodes[signal];
    }
  } finally {
    session.close();
    await followUp?.stop();
  }
}

function followWith(command: string, format: "text" | "json", io: Io): FollowUp {
  // With JSON, stdout is for reports alone.
  const output = format === "json" ? "stderr" : "stdout";
  return new FollowUp(
    () => startChild(command, { cwd: io.cwd, env: io.env, output }),
    (ending) => {
      if (format === "text") io.stdout(renderStatus(io.now(), `\`${command}\` ${ending}`));
    },
  );
}
