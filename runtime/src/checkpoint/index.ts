/** The door `cano/checkpoints`: the contract of checkpoint stores, the store in memory, and what somebody needs who writes a store. */

export type { CheckpointRow, RowKind } from "./checkpoint-row.js";
export { LONGEST_TRACE } from "./checkpoint-store.js";
export type {
  CheckpointStore,
  Claim,
  Claiming,
  Driver,
  RunChange,
  RunName,
  RunQuery,
  RunRecord,
  RunStart,
  RunStatus,
  StoredRun,
} from "./checkpoint-store.js";
export { MemoryCheckpoints } from "./memory-checkpoints.js";
export { MemorySchedules } from "./memory-schedules.js";
export { runConflict, storeFailed } from "./run-conflict.js";
export type {
  Decided,
  Decision,
  Firing,
  FiringOutcome,
  FiringRecord,
  OpenFiring,
  ScheduleRecord,
  ScheduleStore,
  ScheduleView,
} from "./schedule-store.js";
export { hasEnded, resumeRow, statusAfterClaim } from "./stored-rows.js";
