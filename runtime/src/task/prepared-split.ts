/** Makes a `split(...)` ready to run, once per workflow object: constructs its branches, reads their policies, refuses options out of range. */

import { CanoError } from "../errors/cano-error.js";
import { requireCount, requirePositive } from "../errors/require.js";
import { all, type Join } from "../resilience/join.js";
import { type Policies, policies } from "../resilience/policies.js";
import { none } from "../resilience/retry.js";
import type { Configured } from "../resilience/task-config.js";
import type { AttemptContext } from "../run/task-context.js";
import type { AnyBranch } from "./any-branch.js";
import type { Kind } from "./kind.js";
import type { BranchFactory, BranchList, Split, SplitOptions } from "./split.js";
import type { Branch } from "./task.js";

/** A branch with its name in events and its policies. */
export interface PreparedBranch {
  readonly name: string;
  /** What it is, where it is no plain one. */
  readonly kind: Kind["kind"] | undefined;
  readonly policies: Policies;
  /** Whether neither a failure nor a timeout of an attempt leaves the branch going. */
  readonly isAttemptedOnce: boolean;
  /** Makes one attempt. */
  readonly runAttempt: (resources: unknown, context: AttemptContext<unknown>) => unknown;
}

/** Reads a config: what there may be in it is known to the generated module. */
export type ReadPolicies = (name: string, task: Configured) => Policies;

/** A split that can be entered. `B` is the type of the declared branches. */
export interface PreparedSplit<B> {
  readonly branches: readonly PreparedBranch[] | BranchFactory;
  readonly kinds: readonly Kind[];
  readonly read: ReadPolicies;
  readonly join: Join;
  readonly options: SplitOptions<unknown>;
  /** Carries the type of the branches only. */
  readonly declared: B;
}

/**
 * See the file's first line. `names` are the branches' class names, `kinds` the kinds of branches that are no plain ones, `read` reads the
 * config of a branch.
 */
export function prepareSplit<B extends BranchFactory | BranchList>(
  split: Split<unknown, B>,
  names: readonly string[],
  kinds: readonly Kind[] = [],
  read: ReadPolicies = policies,
): PreparedSplit<B> {
  const { branches, options } = split;
  const { timeout, bulkhead } = options;
  if (timeout !== undefined) requirePositive("timeout", timeout);
  if (typeof bulkhead === "number") requireCount("bulkhead", bulkhead, 1);
  const join = options.join ?? all();
  if (join.decideAtTimeout !== undefined && timeout === undefined) {
    throw new CanoError("configuration", `the join \`${join.join}\` needs a \`timeout\``, { code: "CANO7009" });
  }
  const prepared = isFactory(branches)
    ? branches
    : branches.map((entry, index) =>
        prepareBranch(typeof entry === "function" ? new entry() : entry, kinds, read, names[index] ?? "branch"),
      );
  if (typeof prepared !== "function") for (const branch of prepared) refuseOwnBulkhead(branch, options);
  return { branches: prepared, kinds, read, join, options, declared: branches };
}

/** A branch that a function has computed, or that was declared. */
export function prepareBranch(
  branch: AnyBranch,
  kinds: readonly Kind[],
  read: ReadPolicies,
  name: string = branch.constructor.name,
): PreparedBranch {
  const kind = kinds.find(({ method }) => method in branch);
  const plain = (resources: unknown, context: AttemptContext<unknown>): unknown =>
    // The generator has proved that the branch takes these resources and this input, and that one without `run` is of a kind that is given.
    (branch as Branch).run(resources as never, context as never);
  const own = read(name, branch);
  const isAttemptedOnce = own.retry === none && own.attempts === undefined && own.attemptTimeout === undefined;
  return { name, kind: kind?.kind, policies: own, isAttemptedOnce, runAttempt: kind?.prepare(name, branch) ?? plain };
}

/** Throws `configuration` where a branch would wait for a place that it keeps itself: with enough of them, all would wait for ever. */
export function refuseOwnBulkhead({ name, policies: { config } }: PreparedBranch, { bulkhead }: SplitOptions<unknown>): void {
  if (bulkhead === undefined || bulkhead !== config.bulkhead) return;
  const message = `\`bulkhead\` of \`${name}\` must not be that of its split: a branch would wait for a place that it keeps itself`;
  throw new CanoError("configuration", message, { code: "CANO7009" });
}

function isFactory(branches: unknown): branches is BranchFactory {
  return typeof branches === "function";
}
