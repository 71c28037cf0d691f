/** What tells the kinds of tasks apart. */

import type { TaskKind } from "../read/reading.js";

/** The method whose presence makes a class a task of that kind. */
export const METHODS: Readonly<Record<TaskKind, string>> = { task: "run", router: "route" };

/** The keys that a task's `config` may have. */
export const CONFIG_KEYS: readonly string[] = ["retry", "attemptTimeout"];
