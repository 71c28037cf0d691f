/** Links a reading: state references become numbers, bindings go to their states, targets become edges. Judges nothing. */

import type { BindingReading, Reading } from "../read/reading.js";
import type { StateRef, TargetReading } from "../read/target-reading.js";
import type { Draft, DraftState, Edge } from "./draft.js";

/** Builds the draft of one workflow. */
export function buildDraft(reading: Reading): Draft {
  return {
    name: reading.name,
    exported: reading.exported,
    file: reading.file,
    importStyle: reading.importStyle,
    span: reading.span,
    statesKind: reading.states.kind,
    statesName: reading.states.name,
    statesSpan: reading.states.span,
    states: reading.states.members.map((_, number) => buildState(reading, number)),
    initial: reading.initial,
    exits: reading.exits,
    endSpans: reading.endSpans,
    strays: reading.bindings.filter((binding) => binding.state.kind !== "member"),
    totalTimeout: reading.totalTimeout,
    compensationTimeout: reading.compensationTimeout,
    sagas: reading.sagas,
    durability: reading.durability,
    payloadLosses: reading.payloadLosses,
    migrations: reading.migrations,
    resourceConflicts: reading.resourceConflicts,
    heldBack: reading.heldBack,
  };
}

function buildState(reading: Reading, number: number): DraftState {
  const { name, value, span } = reading.states.members[number]!;
  const bindings = reading.bindings.filter((binding) => names(binding.state, number));
  const binding = bindings.at(-1);
  const exit = reading.exits.find((ref) => names(ref, number))?.span;
  const targets = binding === undefined ? [] : listTargets(binding);
  return {
    name,
    value,
    span,
    exit,
    initial: reading.initial.find((ref) => names(ref, number))?.span,
    bindings,
    shapes: reading.shapes.findLast((shapes) => shapes.state === number),
    edges: targets.flatMap(toEdge),
    open: binding === undefined ? exit === undefined : isOpen(binding, targets),
    neverReturns: binding?.kind === "task" && binding.task.method?.neverReturns === true,
  };
}

function names(ref: StateRef, number: number): boolean {
  return ref.kind === "member" && ref.member === number;
}

function listTargets(binding: BindingReading): readonly TargetReading[] {
  return binding.kind === "split" ? [binding.next] : (binding.task.method?.targets ?? []);
}

function toEdge(target: TargetReading): readonly Edge[] {
  return target.state.kind === "member" ? [{ to: target.state.member, target }] : [];
}

// A task without exactly one shape has no method to read targets from: it may go anywhere.
function isOpen(binding: BindingReading, targets: readonly TargetReading[]): boolean {
  const unread = binding.kind === "task" && binding.task.method === undefined;
  return unread || targets.some((target) => target.state.kind !== "member");
}
