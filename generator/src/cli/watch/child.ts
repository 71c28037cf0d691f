/** The command of `--exec` as processes: started through the shell, ended with all that it has started. When to do either is `follow-up.ts`. */

import { spawn } from "node:child_process";

/** A command that runs. */
export interface Child {
  /** How it ended, as in `exited with code 1`; comes true once and never fails. */
  readonly ended: Promise<string>;
  /** Asks all of its processes to end, or with SIGKILL ends them. */
  end(signal: "SIGTERM" | "SIGKILL"): void;
  /** Whether any of its processes is still there. */
  isAlive(): boolean;
}

/** Where a command runs. */
export interface Place {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its output goes. */
  readonly output: "stdout" | "stderr";
}

/** Starts `command` in a process group of its own, without input. */
export function startChild(command: string, { cwd, env, output }: Place): Child {
  const child = spawn(command, {
    cwd,
    env,
    shell: true,
    // Windows has no process groups: there only the shell is ended.
    detached: process.platform !== "win32",
    stdio: ["ignore", output === "stdout" ? "inherit" : 2, "inherit"],
  });
  const send = (signal: NodeJS.Signals | 0): boolean => {
    if (child.pid === undefined) return false;
    try {
      return process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
    } catch {
      // There is nobody left to receive it.
      return false;
    }
  };
  return {
    ended: new Promise((end) => {
      child.once("error", (error) => {
        end(`could not be started: ${error.message}`);
      });
      child.once("exit", (code, signal) => {
        end(code === null ? `was ended by ${String(signal)}` : `exited with code ${code}`);
      });
    }),
    end: send,
    isAlive: () => send(0),
  };
}
