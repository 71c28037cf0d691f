/** The kinds of tasks: by which methods each is told, what those are given, and which options it has. */

/** Every kind. */
export type TaskKind = "task" | "router" | "compensatable" | "poll" | "timer" | "batch" | "stepped" | "stream";

/** What a state is bound to, if it is no exit. */
export type StateKind = TaskKind | "split" | "exit";

/** What a config may have besides a retry policy and an attempt timeout. */
export type GuardKey = "breaker" | "bulkhead" | "rateLimit" | "retryBudget" | "hedge" | "fallback";

/** A method that the runtime calls. */
export interface KindMethod {
  readonly name: string;
  /** The place of its context among its parameters. */
  readonly context: 1 | 2;
  /** Whether it names the next state. */
  readonly names: boolean;
}

/**
 * What a method that names the next state may return besides a state: a value of `cano` that is none, one that wraps a state, or nothing
 * at all.
 */
export type Besides = "Pending" | "More" | "Undoable" | "nothing" | undefined;

/** A kind of task: a class that has all of its methods is of that kind. */
export interface Kind {
  readonly kind: TaskKind;
  /** Its interface in `cano`. */
  readonly named: string;
  readonly methods: readonly KindMethod[];
  /** What a naming method may return besides a state. */
  readonly besides: Besides;
  /** Public fields that the runtime reads, besides `config`. */
  readonly options: readonly string[];
}

/** What a config may have besides a retry policy and an attempt timeout. */
export const GUARD_KEYS: readonly GuardKey[] = ["breaker", "bulkhead", "rateLimit", "retryBudget", "hedge", "fallback"];

/** The keys that a task's `config` may have. */
export const CONFIG_KEYS: readonly string[] = ["retry", "attemptTimeout", ...GUARD_KEYS];

/** The keys that a task's `compensateConfig` may have. */
export const COMPENSATE_KEYS: readonly string[] = ["retry", "attemptTimeout"];

/** The keys that a hedge may have. */
export const HEDGE_KEYS: readonly string[] = ["after", "max"];

/** The keys of those options of kinds that are objects. */
export const OPTION_KEYS: Readonly<Record<string, readonly string[]>> = {
  backoff: ["base", "multiplier", "cap", "jitter"],
  window: ["count", "duration"],
  itemErrors: ["tolerate"],
  pollErrors: ["tolerate"],
};

/** See the file's first line. Of two kinds one of which has all methods of the other, a task that has them all is of the larger one. */
export const KINDS: readonly Kind[] = [
  { kind: "task", named: "Task", methods: [naming("run", 1)], besides: undefined, options: [] },
  { kind: "router", named: "RouterTask", methods: [naming("route", 1)], besides: undefined, options: [] },
  {
    kind: "compensatable",
    named: "CompensatableTask",
    methods: [naming("run", 1), method("compensate", 2)],
    besides: "Undoable",
    options: ["compensateConfig"],
  },
  { kind: "poll", named: "PollTask", methods: [naming("poll", 1)], besides: "Pending", options: ["pollErrors", "backoff"] },
  { kind: "timer", named: "TimerTask", methods: [method("wait", 1), naming("afterWait", 1)], besides: undefined, options: [] },
  {
    kind: "batch",
    named: "BatchTask",
    methods: [method("load", 1), method("processItem", 2), naming("finish", 2)],
    besides: undefined,
    options: ["concurrency", "itemRetry", "itemTimeout"],
  },
  { kind: "stepped", named: "SteppedTask", methods: [naming("step", 2)], besides: "More", options: [] },
  {
    kind: "stream",
    named: "StreamTask",
    methods: [method("open", 2), method("processItem", 2), naming("flushWindow", 2), naming("onClose", 2)],
    besides: "nothing",
    options: ["window", "itemErrors", "closeTimeout"],
  },
];

/** The names of the methods of all kinds. */
export const METHOD_NAMES: ReadonlySet<string> = new Set(KINDS.flatMap(({ methods }) => methods.map(({ name }) => name)));

/** The names of all members that the runtime looks at on some kind of task. */
export const KNOWN_MEMBERS: ReadonlySet<string> = new Set([
  ...METHOD_NAMES,
  "config",
  ...KINDS.flatMap(({ options }) => options),
]);

function method(name: string, context: 1 | 2): KindMethod {
  return { name, context, names: false };
}

function naming(name: string, context: 1 | 2): KindMethod {
  return { name, context, names: true };
}
