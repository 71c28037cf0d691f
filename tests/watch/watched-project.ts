/** A project that is watched in this process: its disk tells of changes when a test says so, and nothing depends on time. */

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { GenerateCommand } from "../../generator/src/cli/command.js";
import { type Invocation, runMain } from "../../generator/src/cli/testing/run-main.js";
import { type Pass, WatchSession } from "../../generator/src/projects/watch/watch-session.js";
import { type AskedDisk, askedDisk } from "../../generator/src/read/asked-disk.js";
import { watchDisk } from "../../generator/src/read/watched-disk.js";
import { COMPILER_OPTIONS } from "../support/compiler-options.js";

const PLACE = fileURLToPath(new URL("../../.cano/watch/", import.meta.url));

export const TSCONFIG = JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["**/*.ts"] });

const command: GenerateCommand = {
  kind: "generate",
  files: [],
  tsconfig: undefined,
  outDir: undefined,
  check: false,
  format: "text",
  cache: false,
};

/** A project in a folder of its own, beside the real `cano` unless its name is a path. */
export class WatchedProject implements Disposable {
  readonly path: string;
  private readonly disk: AskedDisk = askedDisk();
  private session: WatchSession | undefined;

  constructor(name: string, files: Readonly<Record<string, string>>) {
    this.path = resolve(PLACE, name);
    rmSync(this.path, { recursive: true, force: true });
    this.write({ "package.json": '{ "type": "module" }', "tsconfig.json": TSCONFIG, ...files });
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
  }

  remove(...names: readonly string[]): void {
    for (const name of names) rmSync(join(this.path, name));
  }

  /** All files with their texts. */
  read(): Readonly<Record<string, string>> {
    const names = readdirSync(this.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = names.map(({ parentPath, name }) => join(parentPath, name)).sort();
    return Object.fromEntries(paths.map((path) => [path.slice(this.path.length + 1), readFileSync(path, "utf8")]));
  }

  /** Starts to watch; the first pass. */
  async start(options: Partial<GenerateCommand> = {}): Promise<Shown> {
    const io = {
      stdout: () => undefined,
      stderr: () => undefined,
      cwd: this.path,
      isTerminal: false,
      rows: 0,
      env: {},
      now: () => 0,
      untilStopped: () => new Promise<never>(() => undefined),
    };
    this.session = new WatchSession(
      { ...command, ...options },
      io,
      watchDisk(() => undefined, this.disk.system),
    );
    return (await this.next()) ?? { problems: ["no first pass"], written: [], changes: [] };
  }

  /** Has the disk tell what has changed; what the pass came to, if there was one. */
  async next(): Promise<Shown | undefined> {
    this.disk.ask();
    const pass = await this.session?.pass();
    return pass && this.show(pass);
  }

  /** How many files and folders are watched. */
  watchers(): number {
    return this.disk.watchers();
  }

  /** What a run without `--watch` says of a copy of this project, and the files that it ends with. */
  async runCold(): Promise<Invocation & { readonly files: Readonly<Record<string, string>> }> {
    const copy = `${this.path}-cold`;
    rmSync(copy, { recursive: true, force: true });
    cpSync(this.path, copy, { recursive: true });
    const invocation = await runMain("--no-cache", copy);
    const names = Object.keys(this.read());
    const extra = readdirSync(copy, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const all = new Set([...names, ...extra.map(({ parentPath, name }) => join(parentPath, name).slice(copy.length + 1))]);
    return {
      ...invocation,
      files: Object.fromEntries([...all].sort().map((name) => [name, readFileSync(join(copy, name), "utf8")])),
    };
  }

  [Symbol.dispose](): void {
    this.session?.close();
  }

  private show({ diagnostics, files, changes }: Pass): Shown {
    const name = (path: string): string => path.replace(`${this.path}/`, "");
    return {
      problems: diagnostics.map(({ code, span, message }) => `${span ? name(span.file) : "-"} ${code} ${message}`),
      written: files.filter(({ status }) => status !== "unchanged").map(({ path }) => name(path)),
      changes: changes.map(({ path, kind }) => `${name(path)} ${kind}`),
    };
  }
}

/** A pass as tests compare it. */
export interface Shown {
  readonly problems: readonly string[];
  readonly written: readonly string[];
  readonly changes: readonly string[];
}
