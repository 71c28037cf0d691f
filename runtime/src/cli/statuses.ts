/** What the statuses of runs mean, in words, and how loudly they are to be shown. */

import type { RunRecord, RunStatus } from "../checkpoint/checkpoint-store.js";
import type { Colour } from "./paint.js";

const MEANINGS: Readonly<Record<RunStatus, string>> = {
  running: "it is in progress",
  compensating: "it has failed, and is being undone",
  completed: "it has reached an exit",
  failed: "it has failed, with nothing to undo",
  cancelled: "it was cancelled, with nothing to undo",
  compensated: "it has failed or was cancelled, and all is undone",
  stuck: "it has failed, and not all could be undone",
};

const COLOURS: Readonly<Record<RunStatus, Colour>> = {
  running: "bold",
  compensating: "yellow",
  completed: "green",
  failed: "red",
  cancelled: "yellow",
  compensated: "yellow",
  stuck: "red",
};

/** Every status. */
export const STATUSES: readonly RunStatus[] = Object.keys(MEANINGS).filter(isStatus);

/** Whether a word is a status. */
export function isStatus(word: string): word is RunStatus {
  return Object.hasOwn(MEANINGS, word);
}

/** What a run's status means. */
export function meaningOf({ status, endedAt, owner }: RunRecord): string {
  return endedAt === undefined && owner === undefined ? "it was left behind" : MEANINGS[status];
}

/** The colour of a status. */
export function colourOf(status: RunStatus): Colour {
  return COLOURS[status];
}
