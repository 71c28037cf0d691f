/** The tasks of small machines for tests: what one declares, and what a generated dispatcher makes of it. */

import {
  batch,
  context,
  guards,
  policies,
  poll,
  prepareBatch,
  preparePoll,
  prepareStream,
  type Run,
  steps,
  stream,
  timer,
} from "cano/codegen/v1";
import type {
  AnyBranch,
  BatchTask,
  BranchFactory,
  Context,
  PollTask,
  Split,
  SteppedTask,
  StreamTask,
  TaskConfig,
  TimerTask,
} from "cano";

/** What each state of a test's machine takes. */
export type Input = Record<number, unknown>;

/** A plain task of a test: what it does, and its policies. Returns the next state's name, with what it hands over; `done` is the exit. */
export interface PlainStep {
  readonly config?: TaskConfig;
  /** Whether it takes no context, so that none is made for it. */
  readonly isBare?: boolean;
  run(resources: Record<string, unknown>, context: Context<unknown>): unknown;
}

/** A split of a test; its branches may be computed. */
export type AnySplit = Split<string, readonly AnyBranch[] | BranchFactory>;

/** A task of a test, of any kind. */
export type Step =
  | PlainStep
  | PollTask<unknown>
  | TimerTask<unknown>
  | BatchTask<unknown, unknown, unknown>
  | SteppedTask<unknown, unknown>
  | StreamTask<unknown, unknown, unknown, unknown>;

/** What a task's config says. */
export type Policies = ReturnType<typeof policies>;
type Guards = ReturnType<typeof guards<PlainStep>>;

/** Whether an attempt begins at once, and as one: the generator knows which configs let it. */
export function isInline(policy: Policies): policy is Guards {
  return "begin" in policy && !["bulkhead", "rateLimit", "hedge"].some((key) => key in policy.config);
}

/** The policies of a task: the generator knows which of the two a config needs. */
export function readConfig(name: string, task: { readonly config?: TaskConfig }): Policies {
  const read = policies(name, task);
  const isPlain = Object.keys(read.config).every((key) => key === "retry" || key === "attemptTimeout");
  return isPlain ? read : guards(name, task);
}

/** One attempt of a task. */
export type Call = (run: Run<Record<string, unknown>, Input>, s: number, attempt: number, policy: Policies) => unknown;

/** What a generated dispatcher calls for a task of its kind. */
export function callOf(name: string, step: Step): Call {
  if ("poll" in step) {
    const prepared = preparePoll(name, step);
    return (run, s, number) => poll(run, s, prepared, number);
  }
  if ("afterWait" in step) return (run, s, number) => timer(run, s, step, number);
  if ("load" in step) {
    const prepared = prepareBatch(name, step);
    return (run, s, number) => batch(run, s, prepared, number);
  }
  if ("step" in step) return (run, s, _number, policy) => steps(run, s, step, policy);
  if ("open" in step) {
    const prepared = prepareStream(name, step);
    return (run, s) => stream(run, s, prepared);
  }
  if (step.isBare === true) return (run) => step.run(run.resources, undefined as never);
  return (run, s, number) => step.run(run.resources, context(run, s, number));
}

/** Whether a step is called in a loop by the runtime. */
export function isLoop(step: Step): boolean {
  return !("run" in step);
}

export function isSplit(step: object): step is AnySplit {
  return "kind" in step;
}
