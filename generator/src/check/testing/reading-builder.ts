/** Builds readings for the tests of later stages from a few words. Spans name their places: the "file" of a span says what it covers. */

import type { Span } from "../../diagnostics/diagnostic.js";
import type { GuardKey } from "../../kinds/kinds.js";
import type { RetryReading } from "../../read/config-reading.js";
import type { Fit, InputReading } from "../../read/data-reading.js";
import type { NumberReading } from "../../read/number-reading.js";
import type {
  BindingReading,
  DurabilityReading,
  JoinReading,
  MethodReading,
  Reading,
  SplitBinding,
  TaskReading,
} from "../../read/reading.js";
import type { StateRef, TargetReading } from "../../read/target-reading.js";

/** A task: where it goes, what it takes, and whatever else differs from an ordinary one. */
export interface TaskSpec {
  readonly name?: string;
  /** Targets: a state, `Other.X` for another enum's, `?` for one that cannot be told, `|` for bit flags; `to(State)` hands an input over. */
  readonly to?: readonly string[];
  /** What the body of an annotated method returns. */
  readonly returned?: readonly string[];
  /** The input's type; with `?` at the end it may be left out. */
  readonly takes?: string;
  /** The fit of what the task hands over. */
  readonly misfit?: Omit<Extract<Fit, { readonly kind: "misfit" }>, "kind">;
  readonly method?: Partial<MethodReading>;
  readonly task?: Partial<TaskReading> | undefined;
  readonly retry?: Partial<Record<RetryReading["options"][number]["name"], number | undefined>> | RetryReading["policy"];
  readonly attemptTimeout?: number | undefined;
  /** What else its config has, with the numbers in it. */
  readonly guards?: { readonly [K in GuardKey]?: "unknown" | Readonly<Record<string, number | undefined>> };
}

/** A split. */
export interface SplitSpec {
  readonly branches: readonly TaskSpec[] | "dynamic";
  readonly next: string;
  readonly join?: readonly [strategy: JoinReading["strategy"], argument?: number | undefined];
  readonly takes?: string;
  readonly misfit?: Omit<Extract<Fit, { readonly kind: "misfit" }>, "kind">;
  readonly split?: Partial<SplitBinding>;
}

/** A machine: its states by name, with their values where those differ. */
export interface MachineSpec {
  readonly states: readonly (string | readonly [name: string, value: string | number])[];
  readonly initial?: readonly string[];
  readonly exits?: readonly string[];
  readonly tasks: { readonly [state: string]: TaskSpec | SplitSpec };
  readonly more?: Partial<Reading>;
}

/** A span that says what it covers. */
export function at(place: string): Span {
  return { file: place, start: 0, end: 1 };
}

/** What a workflow says of its stored runs: it is durable, of version 1, unless said otherwise. */
export function durabilityOf(more: Partial<DurabilityReading> = {}): DurabilityReading {
  return {
    durable: true,
    codecs: [],
    span: at("durable"),
    version: number(1, "version"),
    versionLiteral: undefined,
    idle: [],
    ...more,
  };
}

/** A number in an option. */
export function number(value: number | undefined, place: string): NumberReading {
  return { value, span: at(place) };
}

/** Builds a reading. The first state is initial and the last the exit, unless said otherwise. */
export function reading(spec: MachineSpec): Reading {
  const members = spec.states.map((state) => (typeof state === "string" ? ([state, state.toLowerCase()] as const) : state));
  const names = members.map(([name]) => name);
  const refs = (states: readonly string[], place: string): StateRef[] =>
    states.map((state) => refTo(names, state, `${place} ${state}`));
  return {
    name: "machine",
    exported: { kind: "named", name: "machine" },
    file: "/machine.ts",
    importStyle: ".js",
    span: at("workflow"),
    states: {
      kind: "enum",
      name: "S",
      span: at("states"),
      members: members.map(([name, value]) => ({ name, value, span: at(`S.${name}`) })),
    },
    initial: refs(spec.initial ?? names.slice(0, 1), "initial"),
    exits: refs(spec.exits ?? names.slice(-1), "exits"),
    endSpans: { initial: at("initial"), exits: at("exits") },
    bindings: Object.entries(spec.tasks).map(([key, bound]) => bindingOf(names, key, bound)),
    totalTimeout: undefined,
    compensationTimeout: undefined,
    sagas: undefined,
    durability: durabilityOf({ durable: false, span: undefined, version: undefined }),
    payloadLosses: [],
    shapes: [],
    migrations: [],
    resourceConflicts: [],
    heldBack: [],
    ...spec.more,
  };
}

function refTo(names: readonly string[], text: string, place: string): StateRef {
  const span = at(place);
  const member = names.indexOf(text);
  if (member >= 0) return { kind: "member", member, span };
  if (text === "?") return { kind: "unknown", why: "it is computed", span };
  return text === "|" ? { kind: "flags", span } : { kind: "foreign", text, span };
}

function bindingOf(names: readonly string[], key: string, spec: TaskSpec | SplitSpec): BindingReading {
  const state = refTo(names, key, `key ${key}`);
  const span = at(`value ${key}`);
  if (!("branches" in spec)) return { kind: "task", state, span, task: taskOf(names, key, spec) };
  const { branches, join: [strategy, argument] = ["all"] } = spec;
  return {
    kind: "split",
    state,
    span,
    branches:
      branches === "dynamic"
        ? {
            kind: "dynamic",
            takesInput: false,
            needsResources: false,
            mayBeGuarded: false,
            closedParameters: [],
            wrongResults: [],
          }
        : { kind: "listed", list: branches.map((branch, place) => taskOf(names, `${key}[${place}]`, branch)) },
    kinds: ["task"],
    branchesSpan: at(`branches ${key}`),
    next: targetOf(names, spec.next, `next ${key}`, spec.misfit),
    join: joinOf(strategy, argument, `join ${key}`),
    timeout: undefined,
    bulkhead: undefined,
    sharedBulkhead: undefined,
    hasty: undefined,
    inputConflicts: [],
    input: inputOf(spec.takes, `input ${key}`),
    ...spec.split,
  };
}

function joinOf(strategy: JoinReading["strategy"], argument: number | undefined, place: string): JoinReading {
  if (strategy !== "quorum" && strategy !== "percentage" && strategy !== "partialResults") return { strategy, span: at(place) };
  return { strategy, span: at(place), argument: number(argument, `${place} argument`) };
}

function taskOf(names: readonly string[], key: string, spec: TaskSpec): TaskReading {
  const annotated = spec.returned !== undefined;
  return {
    className: spec.name ?? `Task${key}`,
    form: "class",
    importable: undefined,
    span: at(`value ${key}`),
    shapes: [{ kind: "task", span: at(`run ${key}`) }],
    implemented: [],
    begun: undefined,
    otherMembers: [],
    idleOptions: [],
    idleConfigs: [],
    staticMembers: [],
    unknownKeys: [],
    hiddenMembers: [],
    construction: undefined,
    closedParameters: [],
    compensateConfig: undefined,
    method: {
      span: at(`run ${key}`),
      mayBePromise: true,
      annotated,
      exact: true,
      handing: "apart",
      neverReturns: false,
      targets: (spec.to ?? []).map((target) =>
        targetOf(names, target, `${annotated ? "annotation" : "return"} ${key}`, spec.misfit),
      ),
      returned: spec.returned?.map((state) => refTo(names, state, `return ${key} ${state}`)),
      takesResources: false,
      needsResources: false,
      takesContext: false,
      input: inputOf(spec.takes, `input ${key}`),
      ...spec.method,
    },
    config: configOf(key, spec),
    options: [],
    policies: [],
    waits: { times: [], byBackoff: false },
    flows: [],
    wrongResults: [],
    cursorLosses: [],
    leavesNothing: false,
    ...spec.task,
  };
}

function configOf(key: string, spec: TaskSpec): TaskReading["config"] {
  if (spec.retry === undefined && !("attemptTimeout" in spec) && spec.guards === undefined) return undefined;
  return {
    span: at(`config ${key}`),
    unknownKeys: [],
    retry: spec.retry === undefined ? undefined : retryOf(key, spec.retry),
    attemptTimeout: "attemptTimeout" in spec ? number(spec.attemptTimeout, `attemptTimeout ${key}`) : undefined,
    guards: Object.entries(spec.guards ?? {}).map(([guard, numbers]) => ({
      key: guard as GuardKey,
      span: at(`${guard} ${key}`),
      made: undefined,
      told: numbers !== "unknown",
      unknownKeys: [],
      numbers: Object.entries(numbers === "unknown" ? {} : numbers).map(([path, value]) => ({
        path,
        number: number(value, `${guard}.${path} ${key}`),
      })),
    })),
  };
}

function retryOf(key: string, retry: NonNullable<TaskSpec["retry"]>): RetryReading {
  const span = at(`retry ${key}`);
  if (typeof retry === "string") return { policy: retry, options: [], asks: false, span };
  const names = ["retries", "delay", "base", "cap", "multiplier", "jitter"] as const;
  const options = names.filter((name) => name in retry).map((name) => ({ name, number: number(retry[name], `${name} ${key}`) }));
  return { policy: "delay" in retry ? "fixed" : "exponential", options, asks: false, span };
}

function inputOf(takes: string | undefined, place: string): InputReading {
  if (takes === undefined) return { kind: "nothing" };
  return { kind: "typed", text: takes.replace(/\?$/, ""), optional: takes.endsWith("?"), span: at(place) };
}

function targetOf(names: readonly string[], text: string, place: string, misfit: TaskSpec["misfit"]): TargetReading {
  const carried = /^to\((.*)\)$/.exec(text)?.[1];
  const state = refTo(names, carried ?? text, `${place} ${text}`);
  if (carried === undefined) return { state, carries: { kind: "nothing" }, form: "bare", by: "method" };
  const fit = misfit === undefined ? ({ kind: "fits" } as const) : ({ kind: "misfit", ...misfit } as const);
  return { state, carries: { kind: "input", span: at(`argument ${place} ${text}`), fit }, form: "to", by: "method" };
}
