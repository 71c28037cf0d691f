/**
 * What the read stage finds in the user's source: facts as found, with their places. Plain readonly data, JSON in and out. Whether a fact
 * is a problem is for `check/` to say.
 */

import type { Diagnostic, Span } from "../diagnostics/diagnostic.js";
import type { TaskKind } from "../kinds/kinds.js";
import type { LockedCodec } from "../lock/lock.js";
import type { ConfigReading, NameReading, RetryReading } from "./config-reading.js";
import type {
  FlowReading,
  InputReading,
  JsonLoss,
  PayloadLoss,
  ResourceConflict,
  StateShapes,
  TypedPlace,
  WrongResult,
} from "./data-reading.js";
import type { MigrationReading } from "./migration-reading.js";
import type { NumberReading } from "./number-reading.js";
import type { StateRef, TargetReading } from "./target-reading.js";

/** One `workflow({...})` call. */
export interface Reading {
  /** The `name` option where it is given, else the exported binding's name. */
  readonly name: string;
  /** How other modules reach the workflow. */
  readonly exported: { readonly kind: "named"; readonly name: string } | { readonly kind: "default" };
  /** Absolute path of the file that holds the call. */
  readonly file: string;
  /** How the user's own relative imports end in this file: `./x.js`, `./x.ts` or `./x`. */
  readonly importStyle: ".js" | ".ts" | "";
  /** The word `workflow` of the call. */
  readonly span: Span;
  readonly states: StatesReading;
  readonly initial: readonly StateRef[];
  readonly exits: readonly StateRef[];
  /** The values of the options `initial` and `exits`. */
  readonly endSpans: { readonly initial: Span; readonly exits: Span };
  readonly bindings: readonly BindingReading[];
  readonly totalTimeout: NumberReading | undefined;
  readonly compensationTimeout: NumberReading | undefined;
  /** `complete` when everything that the workflow does is to be undone when it fails. */
  readonly sagas: "complete" | undefined;
  readonly durability: DurabilityReading;
  /** What of its payloads does not survive being stored; empty where nothing is stored. What is handed over is with its target. */
  readonly payloadLosses: readonly PayloadLoss[];
  /** What is recorded of its payloads; empty where nothing is stored. What exits are handed is with the targets. */
  readonly shapes: readonly StateShapes[];
  readonly migrations: readonly MigrationReading[];
  /** Pairs of parameters that ask for the same resource with types that cannot both be satisfied. */
  readonly resourceConflicts: readonly ResourceConflict[];
  /** The compiler's errors inside the call's argument: to be reported only when the checks find nothing wrong, since they say it better. */
  readonly heldBack: readonly Diagnostic[];
}

/** What is said of how runs are stored. */
export interface DurabilityReading {
  /** Whether they are. */
  readonly durable: boolean;
  readonly codecs: readonly LockedCodec[];
  /** The option's value, where it is given. */
  readonly span: Span | undefined;
  readonly version: NumberReading | undefined;
  /** The number itself, where the version is written down as one. */
  readonly versionLiteral: Span | undefined;
  /** What is said of stored runs, where nothing is said of whether there are any. */
  readonly idle: readonly { readonly option: string; readonly span: Span }[];
}

export interface StatesReading {
  readonly kind: "enum" | "object" | "tuple";
  /** The enum's or constant's name, as generated code calls it; `States` for an inline one. */
  readonly name: string;
  readonly span: Span;
  readonly members: readonly MemberReading[];
}

/** A member of a state set, in the order of declaration. */
export interface MemberReading {
  /** The member's name; for a tuple, its value as text. */
  readonly name: string;
  readonly value: string | number;
  readonly span: Span;
}

export type BindingReading = TaskBinding | SplitBinding;

interface BindingBase {
  /** The key in `tasks`. */
  readonly state: StateRef;
  /** The value: the class's name, the instance expression, the `split(...)` call. */
  readonly span: Span;
}

export interface TaskBinding extends BindingBase {
  readonly kind: "task";
  readonly task: TaskReading;
}

export interface SplitBinding extends BindingBase {
  readonly kind: "split";
  /** The branches, or `dynamic` when a function computes them; `mayBeGuarded`: the type of their configs has more than a retry policy and an attempt timeout; `closedParameters`: the function's; `wrongResults`: its branches'. */
  readonly branches:
    | { readonly kind: "listed"; readonly list: readonly TaskReading[] }
    | {
        readonly kind: "dynamic";
        readonly takesInput: boolean;
        readonly needsResources: boolean;
        readonly mayBeGuarded: boolean;
        readonly closedParameters: readonly ClosedParameter[];
        readonly wrongResults: readonly (WrongResult & { readonly task: string | undefined })[];
      };
  /** The kinds of its branches, each once. */
  readonly kinds: readonly TaskKind[];
  /** The branch list's own span. */
  readonly branchesSpan: Span;
  readonly next: TargetReading;
  readonly join: JoinReading;
  readonly timeout: NumberReading | undefined;
  readonly bulkhead: NumberReading | undefined;
  /** The call that makes the bulkhead, where it is one that others may share. */
  readonly sharedBulkhead: Span | undefined;
  /** Where `settle` is `"first-failure"`. */
  readonly hasty: Span | undefined;
  /** The split's input is the intersection of its branches' inputs; a pair that contradicts is listed. */
  readonly inputConflicts: readonly { readonly first: TypedPlace; readonly second: TypedPlace }[];
  readonly input: InputReading;
}

/** `unknown` where the strategy is not a literal call of one of the six. */
export type JoinReading =
  | { readonly strategy: "all" | "any" | "partialTimeout"; readonly span: Span }
  | { readonly strategy: "quorum" | "percentage" | "partialResults"; readonly argument: NumberReading; readonly span: Span }
  | { readonly strategy: "unknown"; readonly span: Span };

/** Times in milliseconds. */
export interface WaitsReading {
  /** What a timer's `wait` may return, or what a poll gives `pending`; without a value where it is known at run time only. */
  readonly times: readonly NumberReading[];
  /** Whether a poll returns `pending()` without a time: its back-off counts then. */
  readonly byBackoff: boolean;
}

/** A class or an instance, as bound. Facts belong to the binding's type, not to the class. */
export interface TaskReading {
  /** The class's name; undefined for an object literal. */
  readonly className: string | undefined;
  readonly form: "class" | "instance";
  /** Where generated code can import the class's type from; undefined when it is not exported so that all modules can, generic or not in this project. */
  readonly importable: { readonly file: string; readonly name: string } | undefined;
  /** The binding: what diagnostics about the task as a whole point at. */
  readonly span: Span;
  /** The kinds of which it has every method, with the place of the first of them. */
  readonly shapes: readonly { readonly kind: TaskKind; readonly span: Span }[];
  /** Where it is of no kind: the kind of which it lacks the least, if it has any of its methods. */
  readonly begun: BegunReading | undefined;
  /** Task interfaces named after `implements`, by their kind. */
  readonly implemented: readonly { readonly kind: TaskKind | "branch"; readonly name: string; readonly span: Span }[];
  /** Names of public methods and fields besides those of the kinds and their options, for near misses. */
  readonly otherMembers: readonly NameReading[];
  /** Static members with names of those that the kinds and their options have, where the instance has none of that name. */
  readonly staticMembers: readonly NameReading[];
  /** Those that are private or protected, under names that the runtime knows. */
  readonly hiddenMembers: readonly NameReading[];
  /** Why the class cannot be constructed without arguments, if so: `abstract`, `private` or `arguments`. */
  readonly construction: { readonly problem: "abstract" | "private" | "arguments"; readonly span: Span } | undefined;
  /** The task's methods as one, when there is exactly one shape. */
  readonly method: MethodReading | undefined;
  /** Where its methods cannot be given what they are given. */
  readonly closedParameters: readonly ClosedParameter[];
  readonly config: ConfigReading | undefined;
  /** What it declares of its compensation, if its kind has one. */
  readonly compensateConfig: ConfigReading | undefined;
  /** Numbers among the options of its kind, by their paths: `concurrency`, `window.count`. */
  readonly options: readonly { readonly path: string; readonly number: NumberReading }[];
  /** Keys that nothing reads, in those of these options that are objects: `of` is the option. */
  readonly unknownKeys: readonly { readonly of: string; readonly key: NameReading }[];
  /** Options of other kinds, or of its `config`, which nothing in its file reads. */
  readonly idleOptions: readonly NameReading[];
  /** What has the form of a `config`, under a name that nothing in its file reads. */
  readonly idleConfigs: readonly NameReading[];
  /** Retry policies and back-offs among the options of its kind. */
  readonly policies: readonly RetryReading[];
  /** What it waits as a timer, or between polls. */
  readonly waits: WaitsReading;
  /** What one of its methods is given of what another yields. */
  readonly flows: readonly FlowReading[];
  /** What a method returns that its kind cannot use. */
  readonly wrongResults: readonly WrongResult[];
  /** Where its cursor would not survive JSON. */
  readonly cursorLosses: readonly JsonLoss[];
  /** Whether it can be undone as its kind goes, but no path leaves what would undo it. */
  readonly leavesNothing: boolean;
}

/** A parameter, or the input in a context, whose type nothing that is given has. */
export interface ClosedParameter {
  /** Undefined for the function that computes a split's branches. */
  readonly method: string | undefined;
  readonly given: "resources" | "context" | "input";
  readonly type: string;
  /** Whether it is closed whoever calls the method: a value that no resources are, where the first parameter was taken for another. */
  readonly always: boolean;
  readonly span: Span;
}

export interface BegunReading {
  readonly kind: TaskKind;
  readonly present: readonly { readonly name: string; readonly span: Span }[];
  readonly missing: readonly string[];
}

/**
 * How a type hands over inputs: to each state its own (`apart`), one to several states of which each target takes it (`joint`), or to some target also
 * what is meant for another, and what it does not take (`mixed`).
 */
export type Handing = "apart" | "joint" | "mixed";

export interface MethodReading {
  /** The method's name. */
  readonly span: Span;
  /** Whether a call may yield a promise. */
  readonly mayBePromise: boolean;
  /** Whether an explicit return type stands on this method. */
  readonly annotated: boolean;
  /** Whether the type that the compiler gives a call consists of exactly the targets, so that generated code can prove its comparisons complete. */
  readonly exact: boolean;
  readonly handing: Handing;
  /** Whether every path throws. */
  readonly neverReturns: boolean;
  /** Where the next state comes from: the annotation where there is one, else the returned expressions. Empty for branches. */
  readonly targets: readonly TargetReading[];
  /** With an annotation and a readable body: what the body returns, for targets that no path returns; else undefined. */
  readonly returned: readonly StateRef[] | undefined;
  /** Whether the method has a parameter for resources, and whether its type names any. */
  readonly takesResources: boolean;
  readonly needsResources: boolean;
  readonly takesContext: boolean;
  readonly input: InputReading;
}
