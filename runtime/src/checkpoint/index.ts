/** The door `cano/checkpoints`: the contract of checkpoint stores, the store in memory, and what somebody needs who writes a store. */

export type { CheckpointRow, RowKind } from "./checkpoint-row.js";
export {
  type CheckpointStore,
  type Claim,
  type Claiming,
  type Driver,
  LONGEST_TRACE,
  type RunChange,
  type RunName,
  type RunQuery,
  type RunRecord,
  type RunStart,
  type RunStatus,
  type StoredRun,
} from "./checkpoint-store.js";
export { MemoryCheckpoints } from "./memory-checkpoints.js";
export { MemorySchedules } from "./memory-schedules.js";
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
export { runConflict, storeFailed } from "./store-errors.js";
export { hasEnded, resumeRow, statusAfterClaim } from "./stored-rows.js";
