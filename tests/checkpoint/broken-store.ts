/** What stores that do one thing wrong are made of. */

import type { CheckpointRow, Driver, MemoryCheckpoints, RunName, RunStatus } from "cano/checkpoints";

/** Makes another store object on the data of `shared`. */
export type BrokenStore = (shared: MemoryCheckpoints) => MemoryCheckpoints;

/** What is kept of a run in memory, to be tampered with. */
export interface Log {
  rows: CheckpointRow[];
  fences: number[];
  status: RunStatus;
  version: number;
  fence: number;
  cancelling: boolean;
  drivenBy: { readonly store: MemoryCheckpoints; readonly driver: Driver } | undefined;
}

interface Logs {
  all(): readonly Log[];
  find(run: RunName): Log | undefined;
  remove(run: RunName): void;
}

/** Reaches behind what is private. */
export function logsOf(store: MemoryCheckpoints): Logs {
  return Reflect.get(store, "logs") as Logs;
}

/** A copy without one of its members. */
export function less<T extends object>(value: T, member: keyof T & string): T {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== member)) as T;
}

/** Lets others go on. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
