/** Where the databases of tests lie. */

import { existsSync, mkdtempSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file system in memory, as most Linux machines have one. */
const MEMORY = "/dev/shm";
/** In bytes: what PostgreSQL may keep of its log alone is a quarter of it. */
const ROOM = 4 * 2 ** 30;

/**
 * Makes a folder for databases, in memory where there is room: what is to survive in these tests is the end of a process, not of the machine, and
 * they would wait for the disk half of their time.
 */
export function makeDatabaseFolder(prefix: string): string {
  return mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), prefix));
}

function hasRoom(): boolean {
  if (!existsSync(MEMORY)) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= ROOM;
}
