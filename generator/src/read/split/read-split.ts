/** Reads a split: its branches, what they take together, how they are joined, and what the join hands on. */

import type { ts } from "../../../typescript/index.cjs";
import { type Compiler, typeText } from "../compiler.js";
import type { InputReading, TypedPlace } from "../data-reading.js";
import { FITS, takenIn } from "../data/fit-of.js";
import { handedShapes } from "../data/handed-shapes.js";
import { needsResources } from "../data/input-of.js";
import { joinedFit } from "../data/joined-fit.js";
import { joinedShape } from "../data/joined-shape.js";
import { findConflicts } from "../data/resource-conflicts.js";
import { findMaker } from "../follow/find-maker.js";
import { readNumber } from "../follow/read-number.js";
import { readText } from "../follow/read-text.js";
import type { NumberReading } from "../number-reading.js";
import type { SplitBinding } from "../reading.js";
import { spanOf } from "../span-of.js";
import { readStateRef } from "../states/state-ref.js";
import type { StateSet } from "../states/state-set.js";
import type { TargetReading } from "../target-reading.js";
import { type BoundTask, onlyShape } from "../task/bound-task.js";
import { withFallback } from "../task/read-fallback.js";
import type { Surroundings } from "../task/read-method.js";
import { meet, readShape } from "../task/read-shape.js";
import { readClosedOfFunction } from "../task/read-parameters.js";
import { readTask } from "../task/read-task.js";
import { type BoundSplit, takenBy } from "./bound-split.js";
import { findTransitions } from "./branch-results.js";
import { readJoin } from "./read-join.js";

/** Reads a split that is bound to a state. */
export function readSplit(
  compiler: Compiler,
  split: BoundSplit,
  state: SplitBinding["state"],
  around: Surroundings,
): SplitBinding {
  const { call, branchesNode, listed, options } = split;
  const join = options.get("join");
  const number = (name: string): NumberReading | undefined => {
    const value = options.get(name);
    return value && readNumber(compiler, value);
  };
  const next = readNext(compiler, split, around);
  const isTaken = takenIn(around.receivers, next.state).length > 0;
  const list = listed?.map((task) => readBranch(compiler, task, around.set, isTaken));
  // What a join hands on of branches that return no data is theirs to mend.
  const wrongResults = split.computed.flatMap((task) =>
    findTransitions(compiler, task, around.set, isTaken).map((wrong) => ({ ...wrong, task: task.className })),
  );
  const isData = [{ wrongResults }, ...(list ?? [])].every((branch) => branch.wrongResults.length === 0);
  return {
    kind: "split",
    state,
    span: spanOf(call),
    branches: list
      ? { kind: "listed", list }
      : {
          kind: "dynamic",
          takesInput: takenBy(split).length > 0,
          needsResources: split.askers.some(({ signature }) => needsResources(compiler, signature)),
          mayBeGuarded: split.mayBeGuarded,
          closedParameters: split.computedBy ? readClosedOfFunction(compiler, split.computedBy) : [],
          wrongResults,
        },
    kinds: split.kinds,
    branchesSpan: spanOf(branchesNode),
    next: isData || next.carries.kind === "nothing" ? next : { ...next, carries: { ...next.carries, fit: FITS } },
    join: join ? readJoin(compiler, join) : { strategy: "all", span: spanOf(call) },
    timeout: number("timeout"),
    bulkhead: number("bulkhead"),
    sharedBulkhead: makerSpan(compiler, options.get("bulkhead")),
    hasty: hastySpan(compiler, options.get("settle")),
    inputConflicts: inputConflicts(compiler, split),
    input: inputReading(split),
  };
}

function makerSpan(compiler: Compiler, bulkhead: ts.Expression | undefined): SplitBinding["sharedBulkhead"] {
  const maker = bulkhead && findMaker(compiler, bulkhead, ["bulkhead"]);
  return maker && spanOf(maker);
}

function hastySpan(compiler: Compiler, settle: ts.Expression | undefined): SplitBinding["hasty"] {
  return settle && readText(compiler, settle).value === "first-failure" ? spanOf(settle) : undefined;
}

// `isTaken`: whether the state that follows takes what branches return.
function readBranch(compiler: Compiler, task: BoundTask, set: StateSet, isTaken: boolean): ReturnType<typeof readTask> {
  const shape = onlyShape(task);
  const read = readTask(
    compiler,
    task,
    shape && withFallback(compiler, task, readShape(compiler, task, shape, undefined), undefined),
  );
  return { ...read, wrongResults: [...read.wrongResults, ...findTransitions(compiler, task, set, isTaken)] };
}

function readNext(compiler: Compiler, split: BoundSplit, { set, receivers, stored }: Surroundings): TargetReading {
  const value: ts.Expression | undefined = split.options.get("next");
  const span = spanOf(value ?? split.call);
  const state = value ? readStateRef(compiler, set, value) : ({ kind: "unknown", why: "`next` is missing", span } as const);
  const taken = takenIn(receivers, state);
  const joined = { inputs: takenBy(split), values: split.values };
  const fit = joinedFit(compiler, split.call, joined, taken);
  const shapes = stored
    ? handedShapes(joinedShape(compiler, joined), joinedShape(compiler, { ...joined, values: split.written }))
    : {};
  return { state, form: "bare", by: "method", carries: { kind: "input", span, fit, ...shapes } };
}

function inputConflicts(compiler: Compiler, { takers }: BoundSplit): SplitBinding["inputConflicts"] {
  const demands = takers.flatMap(({ name, input: { type, reading } }) =>
    type && reading.kind === "typed"
      ? [{ type, place: { task: name, type: typeText(compiler, type), span: reading.span } satisfies TypedPlace }]
      : [],
  );
  return findConflicts(compiler, demands).map(([first, second]) => ({ first: first.place, second: second.place }));
}

function inputReading({ takers }: BoundSplit): InputReading {
  return meet(takers.map(({ input }) => input.reading));
}
