/** Where runs are stored: the contract of stores, for those who write one, and the store in memory. */

export type { CheckpointRow, RowKind } from "./checkpoint-row.js";
export type {
  CheckpointStore,
  Claim,
  Claiming,
  Driver,
  RunChange,
  RunName,
  RunQuery,
  RunRecord,
  RunStatus,
  StoredRun,
} from "./checkpoint-store.js";
export { MemoryCheckpoints } from "./memory-checkpoints.js";
export { runConflict, storeFailed } from "./run-conflict.js";
