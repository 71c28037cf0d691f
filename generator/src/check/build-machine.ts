/** Makes the machine of a draft in which no check found an error. Checks nothing itself: what cannot be is an internal error. */

import type { GuardKey } from "../kinds/kinds.js";
import { findBinding, findInput } from "../model/bindings.js";
import { buildRecord } from "../model/build-record.js";
import type { Draft, DraftState } from "../model/draft.js";
import { findEntered } from "../model/entered.js";
import type { ExitNode, Machine, Node, SplitNode, Target, TaskNode } from "../model/machine.js";
import type { MethodReading, SplitBinding, TaskReading } from "../read/reading.js";
import type { StateRef } from "../read/target-reading.js";

/** Builds the machine. Throws when the draft has an error that a check should have found. */
export function buildMachine(draft: Draft): Machine {
  const entered = findEntered(draft).states;
  return {
    name: draft.name,
    exported: draft.exported,
    file: draft.file,
    importStyle: draft.importStyle,
    statesKind: draft.statesKind,
    statesName: draft.statesName,
    nodes: draft.states.map((state, number) => buildNode(draft, state, entered.has(number))),
    initial: [...new Set(draft.initial.map(memberOf))],
    totalTimeout: draft.totalTimeout !== undefined,
    compensationTimeout: draft.compensationTimeout !== undefined,
    durable: draft.durability.durable,
    codecs: draft.durability.durable && draft.durability.codecs.length > 0,
    migrations: draft.migrations.length > 0,
    record: draft.durability.durable ? proven(buildRecord(draft), "what is stored of a durable workflow is known") : undefined,
    kept: draft.migrations.flatMap(({ version, states }) =>
      states.flatMap(({ state, how }) => (how.kind === "same" ? { version, state } : [])),
    ),
  };
}

function buildNode(draft: Draft, state: DraftState, reachable: boolean): Node {
  if (state.exit !== undefined) return buildExitNode(state, reachable);
  const binding = proven(findBinding(state), `state \`${state.name}\` has a task`);
  return binding.kind === "split" ? buildSplitNode(draft, state, binding) : buildTaskNode(state, binding.task);
}

function buildExitNode({ name, value }: DraftState, reachable: boolean): ExitNode {
  return { kind: "exit", name, value, reachable };
}

function buildTaskNode(state: DraftState, task: TaskReading): TaskNode {
  const method = methodOf(state, task);
  const { config } = task;
  const { kind } = proven(task.shapes[0], `the task of \`${state.name}\` has a kind`);
  return {
    kind,
    name: state.name,
    value: state.value,
    task: task.className ?? state.name,
    form: task.form,
    importable: task.importable,
    targets: listTargets(state),
    exact: method.exact,
    mixed: method.handing === "mixed",
    synchronous: !method.mayBePromise,
    takesResources: method.takesResources,
    needsResources: method.needsResources,
    takesContext: method.takesContext,
    takesInput: method.input.kind === "typed",
    // A stream is never retried, and bounds its items by itself.
    retry: kind !== "stream" && config?.retry !== undefined && config.retry.policy !== "none",
    // What returns no promise is over before any timer could fire.
    attemptTimeout: kind !== "stream" && config?.attemptTimeout !== undefined && method.mayBePromise,
    guarded: kind === "stream" ? "no" : guardsOf(task),
    breaks: kind !== "stream" && hasBreaker(task),
  };
}

function buildSplitNode(draft: Draft, state: DraftState, split: SplitBinding): SplitNode {
  const next = memberOf(split.next.state);
  const receiver = proven(draft.states[next], "the state after a split exists");
  const { branches } = split;
  return {
    kind: "split",
    name: state.name,
    value: state.value,
    branches:
      branches.kind === "dynamic"
        ? "dynamic"
        : branches.list.map((branch, place) => branch.className ?? `${state.name}${place + 1}`),
    guarded: branches.kind === "dynamic" ? branches.mayBeGuarded : branches.list.some(isGuarded),
    breaks: branches.kind !== "dynamic" && branches.list.some(hasBreaker),
    kinds: (["batch", "poll", "timer"] as const).filter((kind) => split.kinds.includes(kind)),
    join: split.join.strategy,
    next,
    handsOn: receiver.exit !== undefined || findInput(receiver)?.kind === "typed",
    needsResources:
      branches.kind === "dynamic"
        ? branches.needsResources
        : branches.list.some((branch) => methodOf(state, branch).needsResources),
    takesInput: split.input.kind === "typed" || (branches.kind === "dynamic" && branches.takesInput),
  };
}

// What the config only may have, by its declared type, is written nowhere.
function guardsOf({ config }: TaskReading): TaskNode["guarded"] {
  if (config === undefined || config.guards.length === 0) return "no";
  return config.guards.every(({ key, span }) => INLINE.has(key) && span !== config.span) ? "inline" : "apart";
}

const INLINE: ReadonlySet<GuardKey> = new Set(["breaker", "retryBudget", "fallback"]);

function isGuarded({ config }: TaskReading): boolean {
  return config !== undefined && config.guards.length > 0;
}

function hasBreaker({ config }: TaskReading): boolean {
  return config?.guards.some(({ key }) => key === "breaker") ?? false;
}

function listTargets(state: DraftState): readonly Target[] {
  const targets = new Map<number, Target>();
  for (const { to, target } of state.edges) {
    const carries = target.carries.kind === "input";
    const key = 2 * to + (carries ? 1 : 0);
    const by = targets.get(key)?.by === "method" ? "method" : target.by;
    targets.set(key, { to, carries, by });
  }
  return [...targets].sort(([a], [b]) => a - b).map(([, target]) => target);
}

function methodOf(state: DraftState, task: TaskReading): MethodReading {
  return proven(task.method, `the task of \`${state.name}\` has a method`);
}

function memberOf(ref: StateRef): number {
  return proven(ref.kind === "member" ? ref.member : undefined, "every state that is named is a member");
}

function proven<T>(value: T | undefined, fact: string): T {
  if (value === undefined) throw new Error(`not proven by any check: ${fact}`);
  return value;
}
