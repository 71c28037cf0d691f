/** Batches for tests. */

import type { BatchTask, Context, ItemOutcome } from "cano";
import { machineOf } from "./machine.js";

export type Batch = BatchTask<unknown, unknown, unknown>;
export type Work = (item: number, context: Context<unknown>) => unknown;

/** A batch over `items`; its outcomes are the run's output. */
export function batchOf(items: unknown, work: Work, more: Partial<Batch> = {}, setting: Parameters<typeof machineOf>[1] = {}) {
  return machineOf(
    {
      a: {
        load: () => items as readonly unknown[],
        processItem: (_resources, item, context: Context<unknown>) => work(item as number, context),
        finish: (_resources, outcomes) => ["done", outcomes],
        ...more,
      },
    },
    setting,
  );
}

export const ok = (value: unknown): ItemOutcome<unknown> => ({ ok: true, value });
export const failed = (error: unknown): ItemOutcome<unknown> => ({ ok: false, error });
export const busy = new Error("busy");
