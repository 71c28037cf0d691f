/** What may be a branch of a split: whatever yields data in one go. */

import type { BatchTask } from "./batch-task.js";
import type { PollTask } from "./poll-task.js";
import type { Branch } from "./task.js";
import type { TimerTask } from "./timer-task.js";

/** A branch of any kind: its last method returns data instead of a state. */
export type AnyBranch = Branch | PollTask<unknown> | TimerTask<unknown> | BatchTask<unknown, unknown, unknown>;
