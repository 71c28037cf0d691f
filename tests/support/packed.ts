/** Both packages as npm packs them, and folders outside of the repository in which they are used. Tests say what must come of it. */

import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

// What an npm that runs the tests tells its scripts of this repository is not meant for another project.
const { INIT_CWD: _, ...inherited } = process.env;
const environment = {
  ...Object.fromEntries(
    Object.entries(inherited).filter(
      ([name]) => !/^npm_(package|lifecycle|command|config_(call|local_prefix|package|workspace|include_workspace))/.test(name),
    ),
  ),
  NO_COLOR: "1",
  npm_config_prefer_offline: "true",
  npm_config_ignore_scripts: "true",
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_update_notifier: "false",
};

/** What a command came to. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command of the shell in the folder `cwd`, as somebody else's project would. */
export function runShell(command: string, cwd: string): Ended {
  const { status, stdout, stderr } = spawnSync(command, { cwd, env: environment, encoding: "utf8", shell: true });
  return { code: status, stdout, stderr };
}

/** A folder outside of the repository; it is removed at the end. */
export class Place implements Disposable {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "cano-packages-")));

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.path, name)), { recursive: true });
      writeFileSync(join(this.path, name), text);
    }
  }

  /** Runs a command of the shell. */
  shell(command: string): Ended {
    return runShell(command, this.path);
  }

  /** Runs Node. */
  node(...parameters: readonly string[]): Ended {
    const { status, stdout, stderr } = spawnSync(process.execPath, parameters, {
      cwd: this.path,
      env: environment,
      encoding: "utf8",
    });
    return { code: status, stdout, stderr };
  }

  /** Puts a package of the repository's own `node_modules` into this folder's, until it is disposed of. */
  link(name: string): Disposable {
    const target = join(this.path, "node_modules", name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), target);
    return {
      [Symbol.dispose]: () => {
        rmSync(target);
      },
    };
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Packs `runtime` or `generator` into `place`, as they were built; returns the path of the tarball and the files in it. */
export function pack(
  folder: "generator" | "runtime",
  place: Place,
): { readonly path: string; readonly files: readonly string[] } {
  const printed = execFileSync("npm", ["pack", "--json", "--pack-destination", place.path], {
    cwd: join(ROOT, folder),
    env: environment,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [packed] = JSON.parse(printed) as [{ filename: string; files: { path: string }[] }];
  return { path: join(place.path, packed.filename), files: packed.files.map(({ path }) => path) };
}
