/** Loads the packages that stores and pictures need and an application may or may not have. Whatever is wrong with one is `configuration`, with the cure. */

import { existsSync, readFileSync } from "node:fs";
import { CanoError } from "./errors/cano-error.js";
import { codeOf } from "./errors/code-of.js";
import { textOf } from "./errors/thrown.js";

/** A package that is not needed by everybody. */
export interface Peer {
  readonly name: string;
  readonly neededBy: "store" | "picture";
  /** The release lines that are known to work, as versions begin, the one to install first. */
  readonly lines: readonly string[];
}

/** The packages, with the lines that `package.json` names as well. */
export const PEERS = {
  kysely: { name: "kysely", neededBy: "store", lines: ["0.28", "0.29"] },
  sqlite: { name: "better-sqlite3", neededBy: "store", lines: ["12", "13"] },
  postgres: { name: "pg", neededBy: "store", lines: ["8"] },
  dagre: { name: "@dagrejs/dagre", neededBy: "picture", lines: ["3"] },
} as const satisfies Record<string, Peer>;

/** Loads a peer with `load`, once it is known to be there in a version that works. */
export async function loadPeer<T>(peer: Peer, load: () => Promise<T>): Promise<T> {
  const version = versionOf(peer);
  if (version !== undefined && !peer.lines.some((line) => version.startsWith(`${line}.`)))
    throw unfit(peer, `is there in version ${version}, which this ${peer.neededBy} does not know`, install(peer));
  try {
    return await load();
  } catch (error) {
    if (isNotFound(error) && placeOf(peer) === undefined) throw unfit(peer, "is not installed", install(peer), error);
    throw unfit(
      peer,
      `could not be loaded: ${textOf(error)}`,
      `${install(peer)}, in a version that runs on Node ${process.versions.node}`,
      error,
    );
  }
}

/** The version that would be loaded; undefined when the package does not say, or is nowhere to be found. */
export function versionOf(peer: Peer): string | undefined {
  for (let folder = placeOf(peer); folder !== undefined; folder = parentOf(folder)) {
    const file = new URL("package.json", folder);
    const read: unknown = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
    if (isManifestOf(peer, read)) return read.version;
  }
  return undefined;
}

/** Where Node finds the package. A bundler may have left nothing to ask, or put the package into the bundle: only loading it tells then. */
function placeOf({ name }: Peer): URL | undefined {
  try {
    return new URL(".", import.meta.resolve(name));
  } catch {
    return undefined;
  }
}

function parentOf(folder: URL): URL | undefined {
  const parent = new URL("..", folder);
  return parent.href === folder.href ? undefined : parent;
}

function isNotFound(error: unknown): boolean {
  return /^(ERR_)?MODULE_NOT_FOUND$/.test(codeOf(error) ?? "");
}

/** The error of a peer that is missing or of no use, whose cure is told last. */
export function unfit({ name, neededBy }: Peer, problem: string, cure: string, cause?: unknown): CanoError {
  return new CanoError("configuration", `\`${name}\`, which this ${neededBy} needs, ${problem}: ${cure}`, {
    code: "CANO7022",
    cause,
  });
}

/** What to type. */
export function install({ name, lines }: Peer): string {
  return `npm install ${name}@${lines[0] ?? "latest"}`;
}

function isManifestOf({ name }: Peer, read: unknown): read is { readonly version?: string } {
  return typeof read === "object" && read !== null && "name" in read && read.name === name;
}
