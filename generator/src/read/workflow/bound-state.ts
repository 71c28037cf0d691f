/** What a state is bound to, and what of that is taken, asked for and stored. Turning it into a reading is `read-bindings.ts`. */

import type { ts } from "../../../typescript/index.cjs";
import { isSimple, type Shape } from "../../shapes/shape.js";
import { withoutUndefined } from "../../shapes/union-of.js";
import type { Compiler } from "../compiler.js";
import type { PlacedShape, StateShapes } from "../data-reading.js";
import type { Receivers } from "../data/fit-of.js";
import { type Input, inputOf, parameterAt, parameterNode, parameterType, takesNothing } from "../data/input-of.js";
import { itemPairs, stepCursors, undoOutputs } from "../data/left-behind.js";
import type { StoredTypes } from "../data/payload-losses.js";
import type { Asker } from "../data/resource-conflicts.js";
import { shapeOf, shapeOfAny } from "../data/shape-of.js";
import type { BoundMethod } from "../follow/bound-method.js";
import { spanOf } from "../span-of.js";
import { type BoundSplit, takenBy } from "../split/bound-split.js";
import type { StateSet } from "../states/state-set.js";
import type { StateRef } from "../target-reading.js";
import { returnedTypes } from "../targets/returned-by.js";
import { type BoundTask, onlyShape, taskName } from "../task/bound-task.js";
import { fallbackCalls } from "../task/read-fallback.js";

/** A state with its task or its split. */
export type Bound = { readonly state: StateRef } & (
  { readonly kind: "task"; readonly task: BoundTask } | { readonly kind: "split"; readonly split: BoundSplit }
);

/** What each state takes, by its member's index. */
export function receiversOf(compiler: Compiler, bound: readonly Bound[]): Receivers {
  return gather(bound, (binding) => inputTypes(compiler, binding));
}

/** What the compensation of each state takes. */
export function undoReceiversOf(compiler: Compiler, bound: readonly Bound[]): Receivers {
  return gather(bound, (binding) => {
    const compensate = methodOf(binding, "compensate");
    const type = compensate && parameterType(compiler, compensate.signature, 1);
    return type === undefined || takesNothing(compiler, type) ? [] : [type];
  });
}

/** Whoever asks for resources. */
export function askersOf(bound: Bound): readonly Asker[] {
  if (bound.kind === "split") return bound.split.askers;
  const calls = onlyShape(bound.task)?.calls ?? [];
  return calls.map(({ method }) => ({ name: taskName(bound.task), signature: method.signature }));
}

/** The types of what is stored for a state, for what would be lost of them. */
export function storedTypes(compiler: Compiler, set: StateSet, bound: Bound): StoredTypes {
  const state = bound.state.kind === "member" ? (set.reading.members[bound.state.member]?.name ?? "") : "";
  const inputs = inputsOf(compiler, bound);
  if (bound.kind === "split") {
    const { values, written, branchesNode } = bound.split;
    return { state, inputs, undoable: undefined, branches: { values: [...values, ...written], span: spanOf(branchesNode) } };
  }
  const run = methodOf(bound, "run");
  const undone = methodOf(bound, "compensate");
  const taken = undone && parameterAt(undone.signature, 1)?.valueDeclaration;
  const undoable = run && taken && { returned: returnedTypes(compiler, run), span: spanOf(taken) };
  return { state, inputs, undoable, branches: undefined };
}

/** What is recorded of what is stored for a state; nothing for what is no state. */
export function shapesOf(compiler: Compiler, bound: Bound): readonly StateShapes[] {
  if (bound.state.kind !== "member") return [];
  const [span] = inputsOf(compiler, bound).flatMap(({ reading }) => (reading.kind === "typed" ? [reading.span] : []));
  const compensate = methodOf(bound, "compensate");
  const undoneInput = compensate && inputOf(compiler, compensate.signature, 2);
  const types = inputTypes(compiler, bound);
  return [
    {
      state: bound.state.member,
      input: types.length > 0 && span ? { shape: shapeOf(compiler, types), span } : undefined,
      cursor: takenBeside(compiler, methodOf(bound, "step") ?? methodOf(bound, "open"), "cursor"),
      undo: takenBeside(compiler, compensate, "undo"),
      undoneInput:
        undoneInput?.type && undoneInput.reading.kind === "typed"
          ? { shape: shapeOf(compiler, [undoneInput.type]), span: undoneInput.reading.span }
          : undefined,
      left: {
        cursor: shapeOfAll(compiler, cursorsOf(compiler, bound)),
        undo: shapeOfAll(compiler, undoable(compiler, bound)),
      },
    },
  ];
}

function cursorsOf(compiler: Compiler, bound: Bound): readonly ts.Type[] {
  const step = methodOf(bound, "step");
  if (step) return returnedTypes(compiler, step).flatMap((type) => stepCursors(compiler, type));
  const processItem = methodOf(bound, "open") && methodOf(bound, "processItem");
  const pairs = processItem ? returnedTypes(compiler, processItem).flatMap((type) => itemPairs(compiler, type)) : [];
  return pairs.flatMap((pair) => pair?.[1] ?? []);
}

function undoable(compiler: Compiler, bound: Bound): readonly ts.Type[] {
  const run = methodOf(bound, "compensate") && methodOf(bound, "run");
  return run ? returnedTypes(compiler, run).flatMap((type) => undoOutputs(compiler, type)) : [];
}

function shapeOfAll(compiler: Compiler, types: readonly ts.Type[]): Shape | undefined {
  return types.length === 0 ? undefined : shapeOfAny(compiler, types);
}

/** What a method takes between its resources and its context. A first step is given no cursor, which says nothing of what is stored. */
function takenBeside(compiler: Compiler, method: BoundMethod | undefined, what: "cursor" | "undo"): PlacedShape | undefined {
  const type = method && parameterType(compiler, method.signature, 1);
  const place = method && parameterAt(method.signature, 1)?.valueDeclaration;
  if (type === undefined || place === undefined || takesNothing(compiler, type)) return undefined;
  const whole = shapeOf(compiler, [type]);
  const shape = what === "cursor" ? withoutUndefined(whole) : whole;
  return isSimple(shape, "never") ? undefined : { shape, span: spanOf(parameterNode(place)) };
}

function inputsOf(compiler: Compiler, bound: Bound): readonly Input[] {
  if (bound.kind === "split") return bound.split.takers.map(({ input }) => input);
  const calls = [...(onlyShape(bound.task)?.calls ?? []), ...fallbackCalls(compiler, bound.task)];
  return calls.map(({ method, context }) => inputOf(compiler, method.signature, context));
}

function inputTypes(compiler: Compiler, bound: Bound): readonly ts.Type[] {
  return bound.kind === "split" ? takenBy(bound.split) : inputsOf(compiler, bound).flatMap(({ type }) => type ?? []);
}

// A method that its kind of task has; others may be called the same.
function methodOf(bound: Bound, name: string): BoundMethod | undefined {
  const shape = bound.kind === "task" ? onlyShape(bound.task) : undefined;
  return shape?.calls.find((call) => call.name === name)?.method;
}

function gather(bound: readonly Bound[], typesOf: (binding: Bound) => readonly ts.Type[]): Receivers {
  const receivers = new Map<number, readonly ts.Type[]>();
  for (const binding of bound) {
    if (binding.state.kind !== "member") continue;
    const { member } = binding.state;
    receivers.set(member, [...(receivers.get(member) ?? []), ...typesOf(binding)]);
  }
  return receivers;
}
