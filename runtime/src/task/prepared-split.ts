/** Makes a `split(...)` ready to run, once per workflow object: constructs its branches, reads their policies, refuses options out of range. */

import { all, type Join } from "../resilience/join.js";
import { type Policies, policies, requirePositive } from "../resilience/task-config.js";
import { CanoError } from "../run/errors.js";
import type { BranchFactory, Split, SplitOptions } from "../split.js";
import type { Branch } from "./task.js";

/** A branch with its name in events and its policies. */
export interface PreparedBranch {
  readonly name: string;
  readonly branch: Branch;
  readonly policies: Policies;
}

/** A split that can be entered. `B` is the type of the declared branches. */
export interface PreparedSplit<B> {
  readonly branches: readonly PreparedBranch[] | BranchFactory;
  readonly join: Join;
  readonly options: SplitOptions<unknown>;
  /** Carries the type of the branches only. */
  readonly declared: B;
}

/** See the file's first line. `names` are the branches' class names. */
export function prepareSplit<B extends BranchFactory | readonly (Branch | (new () => Branch))[]>(
  split: Split<unknown, B>,
  names: readonly string[],
): PreparedSplit<B> {
  const { branches, options } = split;
  const { timeout, bulkhead } = options;
  if (timeout !== undefined) requirePositive("timeout", timeout);
  if (bulkhead !== undefined && !(Number.isSafeInteger(bulkhead) && bulkhead >= 1)) {
    throw new CanoError("configuration", `\`bulkhead\` must be a whole number, 1 or more, not ${String(bulkhead)}`, {
      code: "CANO7009",
    });
  }
  const join = options.join ?? all();
  if (join.decideAtTimeout !== undefined && timeout === undefined) {
    throw new CanoError("configuration", `the join \`${join.join}\` needs a \`timeout\``, { code: "CANO7009" });
  }
  const prepared = isFactory(branches)
    ? branches
    : branches.map((entry, index) => prepareBranch(typeof entry === "function" ? new entry() : entry, names[index] ?? "branch"));
  return { branches: prepared, join, options, declared: branches };
}

/** A branch that a function has computed, or that was declared. */
export function prepareBranch(branch: Branch, name: string = branch.constructor.name): PreparedBranch {
  return { name, branch, policies: policies(name, branch) };
}

function isFactory(branches: unknown): branches is BranchFactory {
  return typeof branches === "function";
}
