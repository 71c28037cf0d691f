/** Other processes, which talk by lines. */

import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** Those that nobody has ended yet: a test whose time is up ends nothing. */
const running = new Set<ChildProcess>();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A process that runs a script, whose path is told from the folder of all tests unless it is absolute, or a program that is none. */
export class Other implements AsyncDisposable {
  private readonly lines: string[] = [];
  private wake: () => void = () => undefined;
  /** Its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  private readonly child: ChildProcess;
  /** What it has printed as errors. */
  errors = "";

  constructor(script: string | { readonly program: string }, ...parameters: readonly string[]) {
    const path = (script: string): string => resolve(fileURLToPath(new URL("..", import.meta.url)), script);
    const [program, words] = typeof script === "string" ? [process.execPath, [path(script)]] : [script.program, []];
    const child = spawn(program, [...words, ...parameters], { stdio: ["pipe", "pipe", "pipe"] });
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.lines.push(line);
      this.wake();
    });
    child.stderr.on("data", (text) => {
      this.errors += String(text);
      this.wake();
    });
    this.ended = new Promise((end) => {
      child.on("close", (code, signal) => {
        running.delete(child);
        this.wake();
        end(code ?? signal);
      });
    });
    this.child = child;
    running.add(child);
  }

  /** The next line that it prints. */
  async line(): Promise<string> {
    for (;;) {
      const line = this.lines.shift();
      if (line !== undefined) return line;
      await this.more();
    }
  }

  /** Waits until it has printed `text` among its errors, which may come later than the lines that it has printed after them. */
  async complains(text: string): Promise<void> {
    while (!this.errors.includes(text)) await this.more();
  }

  say(line: string): void {
    this.child.stdin?.write(`${line}\n`);
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Ends it without any chance to clean up. */
  async kill(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill();
  }

  /** Waits until it has printed more. */
  private async more(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) throw new Error(`the process has ended: ${this.errors}`);
    await new Promise<void>((wake) => (this.wake = wake));
  }
}
