/** Tells the rows of one run in words, one after the other in their order. When they were written is left to others. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import { recallError } from "../durable/recorded-error.js";
import type { Colour } from "./paint.js";
import { plain } from "./paint.js";
import { duration, localTime } from "./times.js";

/** A row in words, on one line. */
export interface Told {
  readonly text: string;
  readonly colour: Colour | undefined;
}

/** See the file's first line. What a row carries is not told, but for the code and the message of an error. */
export class Narrator {
  /** The states that were entered, by the sequences of their rows. */
  private readonly entered = new Map<number, string>();
  private version: number | undefined;

  tell(row: CheckpointRow): Told {
    const told = this.describe(row);
    const isOther = this.version !== undefined && this.version !== row.version;
    this.version = row.version;
    if (row.kind === "entry") this.entered.set(row.sequence, row.state);
    return { text: plain(told.text) + (isOther ? `, by version ${row.version}` : ""), colour: told.colour };
  }

  private describe(row: CheckpointRow): Told {
    const { kind, state, count, due, at } = row;
    switch (kind) {
      case "entry":
        return { text: `${row.sequence === 0 ? "began in" : "entered"} ${state}${this.undoneBy(row)}`, colour: undefined };
      case "cursor":
        return { text: `did number ${count} of ${state}`, colour: "dim" };
      case "attempt":
        return {
          text: `attempt ${count} of ${state} failed${due === undefined ? "" : `; the next is due ${soon(due, at)}`}`,
          colour: "yellow",
        };
      case "due":
        return { text: `waits in ${state}${due === undefined ? "" : `, due ${soon(due, at)}`}`, colour: undefined };
      case "resume":
        return { text: `was taken up again in ${state}`, colour: "yellow" };
      case "failure":
        return { text: `failed in ${state}: ${describeError(row)}`, colour: "red" };
      case "compensated":
        return { text: `undid ${state}`, colour: "yellow" };
      case "exit":
        return { text: `reached exit ${state}`, colour: "green" };
      case "end":
        return describeEnd(row);
    }
  }

  private undoneBy({ visit, undo }: CheckpointRow): string {
    const left = this.entered.get(visit);
    return undo === undefined ? "" : `; ${left ?? "the state before"} can be undone`;
  }
}

function soon(due: number, at: number): string {
  return `in ${duration(due - at)}, at ${localTime(due)}`;
}

/** A run of which all is undone ends with the error that it failed with, which was told. */
function describeEnd(row: CheckpointRow): Told {
  const error = readError(row);
  return error?.category === "compensation_failed"
    ? { text: `ended, and not all could be undone: ${describeError(row)}`, colour: "red" }
    : { text: "ended, and all is undone", colour: "yellow" };
}

function describeError(row: CheckpointRow): string {
  const error = readError(row);
  if (error === undefined) return "its error cannot be read";
  return `${error.code === undefined ? "" : `${error.code} `}${error.category}: ${error.message}`;
}

function readError({ payload }: CheckpointRow): ReturnType<typeof recallError> | undefined {
  try {
    return payload === undefined ? undefined : recallError(payload);
  } catch {
    // Somebody else has written it: who looks at a log wants to see the rest of it all the same.
    return undefined;
  }
}
