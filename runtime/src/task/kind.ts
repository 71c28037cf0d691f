/** What a split needs to know of a kind of branch other than a plain one. */

import type { AttemptContext } from "../run/task-context.js";

/** See the file's first line. */
export interface Kind {
  /** How events call it. */
  readonly kind: "poll" | "timer" | "batch";
  /** The method by whose presence the kind is told. */
  readonly method: string;
  /** Makes a branch of this kind ready; the function runs one attempt of it. */
  readonly prepare: (name: string, branch: object) => (resources: unknown, context: AttemptContext<unknown>) => unknown;
}
