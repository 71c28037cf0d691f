/** The project of the guide to build tools, laid out beside the real packages, and the mistakes that are made in it. */

import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { filesOf } from "../docs/blocks.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The commands of the guide as scripts. */
export const SCRIPTS = {
  "cano-gen": join(ROOT, "generator/bin/cano-gen.js"),
  tsc: join(ROOT, "node_modules/typescript/bin/tsc"),
  tsx: join(ROOT, "node_modules/tsx/dist/cli.mjs"),
  vite: join(ROOT, "node_modules/vite/bin/vite.js"),
  vitest: join(ROOT, "node_modules/vitest/vitest.mjs"),
} as const;

/** What a command did. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A project in a folder of its own. */
export class ParcelApp {
  readonly path: string;

  constructor(name: string) {
    this.path = join(ROOT, ".cano", "bundlers", name);
    rmSync(this.path, { recursive: true, force: true });
    for (const [file, text] of Object.entries(filesOf("docs/bundlers.md"))) this.write(file, text);
  }

  /** Puts a file in the place of another, as editors do. */
  write(file: string, text: string): void {
    const path = this.at(file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  }

  /** Edits a file; the edit must change it. */
  edit(file: string, from: string, to: string): void {
    const text = this.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not hold ${from}`);
    this.write(file, text.replace(from, to));
  }

  read(file: string): string {
    return readFileSync(this.at(file), "utf8");
  }

  has(file: string): boolean {
    return existsSync(this.at(file));
  }

  remove(file: string): void {
    rmSync(this.at(file));
  }

  at(file: string): string {
    return join(this.path, file);
  }

  /** A state that nobody handles, and the way back. */
  lose(): void {
    this.edit("src/parcel.ts", '"too heavy" }', '"too heavy", Lost: "lost" }');
  }

  find(): void {
    this.edit("src/parcel.ts", ', Lost: "lost" }', " }");
  }

  /** Runs a command of the guide, `&&` included, until one part fails; `node` with more options, where there are any. */
  async shell(command: string, ...options: readonly string[]): Promise<Ran> {
    let printed = { stdout: "", stderr: "" };
    for (const part of command.split(" && ")) {
      const [script, ...parameters] = scriptOf(part, this.path);
      const words = part.startsWith("node ") ? [...options, script] : [script];
      const { code, stdout, stderr } = await this.node([...words, ...parameters]);
      printed = { stdout: printed.stdout + stdout, stderr: printed.stderr + stderr };
      if (code !== 0) return { code, ...printed };
    }
    return { code: 0, ...printed };
  }

  /** Runs a script to its end, in the project. */
  run(script: string, ...parameters: readonly string[]): Promise<Ran> {
    return this.node([script, ...parameters]);
  }

  private async node(words: readonly string[]): Promise<Ran> {
    const options = { cwd: this.path, env: cleanEnvironment() };
    try {
      return { code: 0, ...(await promisify(execFile)(process.execPath, words, options)) };
    } catch (error) {
      const { code, stdout, stderr } = error as Ran;
      return { code, stdout, stderr };
    }
  }
}

/** What is printed when a state has been lost, in part. */
export const LOST = "error CANO2001: state `Lost` has no task and is not an exit";

/** The words of a command in the guide: a script, and what it is given. */
export function scriptOf(command: string, project: string): [script: string, ...parameters: string[]] {
  const [, name = "", rest = ""] = /^(?:npx )?(\S+)\s*(.*)$/.exec(command) ?? [];
  const parameters = [...rest.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  if (name === "node") return [parameters.shift() ?? "", ...parameters];
  // As npx does: what the project has itself comes first.
  const own = join(project, "node_modules/typescript/bin/tsc");
  const script = name === "tsc" && existsSync(own) ? own : SCRIPTS[name as keyof typeof SCRIPTS];
  if (script === undefined) throw new Error(`nobody knows ${command}`);
  return [script, ...parameters];
}

/** The environment without what the runner of these tests has put there. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = /^(?:VITEST|VITE_|TEST$|NODE_ENV$|FORCE_COLOR$|NODE_V8_COVERAGE$)/;
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name))), NO_COLOR: "1" };
}
