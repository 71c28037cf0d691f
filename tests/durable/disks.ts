/** Places where the logs of runs outlive the processes that write them, for one run each: in memory, in SQLite, in PostgreSQL. */

import { randomUUID } from "node:crypto";
import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import { postgresCheckpoints } from "cano/checkpoints/postgres";
import { sqliteCheckpoints } from "cano/checkpoints/sqlite";
import { freshFile, freshSchema, postgresUrl } from "../support/databases.js";

/** See the file's first line. */
export interface Disk {
  readonly runId: string;
  /** Opens it as another process would, the one before being gone. */
  open(): Promise<CheckpointStore>;
  close(): Promise<void>;
}

/** Makes a disk on which nothing is. */
export type MakeDisk = () => Disk;

const file = freshFile();
const schema = freshSchema();

/** Every kind of disk. Those of one database share its tables, as runs do. */
export const DISKS: Readonly<Record<string, MakeDisk>> = {
  memory: () => {
    let last: MemoryCheckpoints | undefined;
    return diskOf(async () => (last = new MemoryCheckpoints(last)));
  },
  SQLite: () => diskOf(async () => sqliteCheckpoints({ path: file, synchronous: "normal" })),
  PostgreSQL: () => diskOf(async () => postgresCheckpoints({ connectionString: await postgresUrl(), schema })),
};

function diskOf(open: () => Promise<CheckpointStore>): Disk {
  let last: CheckpointStore | undefined;
  return {
    runId: randomUUID(),
    async open() {
      const before = last;
      last = await open();
      // What a process drove that is gone, others may have.
      await before?.close();
      return last;
    },
    async close() {
      await last?.close();
    },
  };
}
