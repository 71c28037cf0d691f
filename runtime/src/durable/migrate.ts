/** Brings what an earlier version of a workflow has stored of a run into the form that this version goes on with. */

import type { RunRecord } from "../checkpoint/checkpoint-store.js";
import { CanoError } from "../errors/cano-error.js";
import { isThenable, reportRejection } from "../errors/thenable.js";
import { textOf } from "../errors/thrown.js";
import { decodePayload } from "../payload/payload.js";
import type { Home } from "../run/home.js";
import type { Migration } from "./migration.js";
import { numberOf } from "./number-of.js";
import type { Rehydrated } from "./rehydrate.js";
import { versionMismatch } from "./run-errors.js";
import type { StoredUndo } from "./stored-undo.js";
import { NOTHING } from "./visit.js";

/** How runs go on, by the version that they were stored under. */
export type Migrations = Readonly<Record<number, Migration<string | number>>>;

/** A run that goes on: where, with what, and whether that is a state which it has yet to enter. */
export type Migrated = Rehydrated & { readonly input: unknown; readonly isNew: boolean };

/**
 * Where a run goes on that was stored under another version. Throws `workflow_version_mismatch` when it does not, and `workflow` when its
 * migration fails.
 */
export function migrate(
  home: Home,
  { states }: Migration<string | number>,
  run: RunRecord,
  expected: number,
  point: Rehydrated,
): Migrated {
  const { label, recorded } = point;
  const how = Object.entries(states).find(([state]) => state === label)?.[1];
  if (!how) throw versionMismatch(run, expected);
  if (typeof how === "object") {
    if (how.migration === "dead") throw versionMismatch(run, expected, how.why);
    if (!isTask(home, point.state)) throw failed(run, label, "there is no task for this state any more");
    return { ...point, input: point.readInput(), isNew: false };
  }
  const input = point.readInput();
  let target: ReturnType<typeof targetOf>;
  try {
    const cursor: unknown = recorded.cursor && decodePayload(home, recorded.cursor.text);
    // The generator has proved that it takes what the state had taken.
    target = targetOf(atOnce(how(input as never, { runId: run.runId, version: run.version, cursor })));
  } catch (cause) {
    throw failed(run, label, textOf(cause), cause);
  }
  // Beyond its type, it may be what cannot even be printed.
  const name = textOf(target.state);
  const state = numberOf(home, name);
  if (!isTask(home, state)) throw failed(run, label, `\`${name}\` is no state with a task`);
  return { ...point, state, label: name, input: target.input, recorded: NOTHING, isNew: true };
}

/** What undoes an effect that was stored under an earlier version. Throws `workflow` when its migration fails. */
export function migrateUndo(
  home: Home,
  { undo }: Migration<string | number>,
  run: RunRecord,
  label: string,
  stored: StoredUndo,
): StoredUndo {
  const how = undo && Object.entries(undo).find(([state]) => state === label)?.[1];
  if (!how) return stored;
  try {
    const { state, input } = atOnce(how(stored.output as never));
    const { gone: _, ...rest } = stored;
    return { ...rest, state: numberOf(home, String(state)), output: input };
  } catch (cause) {
    throw failed(run, label, textOf(cause), cause);
  }
}

/** What a migration has made. Beyond its type, that may be a promise, whose failure nobody would hear of: it would end the process. */
function atOnce<T>(made: T): T {
  if (!isThenable(made)) return made;
  reportRejection(made, () => undefined);
  throw new TypeError("it gives a promise, and must not be asynchronous");
}

function targetOf(next: unknown): { readonly state: unknown; readonly input: unknown } {
  const isTo = typeof next === "object" && next !== null && "state" in next && "input" in next;
  return isTo ? { state: next.state, input: next.input } : { state: next, input: undefined };
}

function isTask({ graph, states }: Home, number: number): boolean {
  const label = states[number];
  return label !== undefined && graph.states[label]?.kind !== "exit";
}

function failed({ runId, version }: RunRecord, label: string, why: string, cause?: unknown): CanoError {
  const message = `run \`${runId}\`, which version ${version} left in state \`${label}\`, cannot be migrated: ${why}`;
  return new CanoError("workflow", message, { code: "CANO7031", runId, ...(cause === undefined ? {} : { cause }) });
}
