/** A split in virtual time: branches one by one, each moment in order. */

import { attemptOf, failureOf } from "./interpret-attempt.js";
import type { Policy, SplitSpec } from "./spec.js";
import { nameOf, type Virtual } from "./virtual-run.js";

interface Branch {
  readonly index: number;
  readonly end: number;
  /** The category it failed with, or undefined. */
  readonly failed: string | undefined;
  /** When each of its attempts begins. */
  readonly attempts: readonly number[];
  readonly retries: readonly { readonly at: number; readonly line: string }[];
}

/** Yields the joined results; ends the run when the join is not met, the time is up, or the run is stopped. */
export function interpretSplit(run: Virtual, split: SplitSpec, place: number, input: number | undefined): unknown {
  const state = nameOf(run.spec, place);
  const start = run.now;
  const name = (index: number): string => `Branch${place}x${index}[${index}]`;
  split.branches.forEach((_, index) => run.events.push(`taskStart ${state} ${name(index)}`));
  const deadline = start + (split.timeout ?? Infinity);
  const branches: Branch[] = [];
  const ended: Branch[] = [];
  let verdict: boolean | undefined;
  const begin = (at: number): void => {
    const index = branches.length;
    const policy = split.branches[index];
    if (policy !== undefined) branches.push(branchOf(run, split, place, index, policy, at, `${state} ${name(index)}`));
  };
  for (let slots = split.bulkhead ?? split.branches.length; slots > 0; slots--) begin(start);
  let now = start;
  while (verdict === undefined) {
    const [next] = branches.filter((branch) => !ended.includes(branch)).sort((a, b) => a.end - b.end || a.index - b.index);
    now = Math.min(next?.end ?? Infinity, deadline, run.stop.at);
    if (now === Infinity) throw new Error("a machine that waits for ever must be stopped from outside");
    if (run.stop.at === now) break;
    if (deadline === now) {
      verdict = split.strategy === "partialTimeout" && ended.length > 0;
    } else if (next !== undefined) {
      ended.push(next);
      verdict = decide(split, ended);
      if (verdict === undefined) begin(now);
    }
  }
  // Attempts that would have begun later were never made: their steps are there for the next visit.
  if (!run.spec.durable)
    for (const { index, attempts } of branches) run.steps.takeBack(place, index, attempts.filter((at) => at > now).length);
  const seen = branches.flatMap(({ retries }) => retries).filter(({ at }) => at <= now);
  for (const { line } of seen.sort((a, b) => a.at - b.at)) run.events.push(line);
  const successes = ended.filter(({ failed }) => failed === undefined);
  const failures = ended.filter(({ failed }) => failed !== undefined);
  for (const { index } of successes) run.events.push(`taskSuccess ${state} ${name(index)}`);
  for (const { index } of failures) run.events.push(`taskFailure ${state} ${name(index)}`);
  const open = split.branches.map((_, index) => index).filter((index) => !ended.some((branch) => branch.index === index));
  if (verdict === undefined) throw run.stopped(state, open.map(name));
  for (const index of open) run.events.push(`taskCancelled ${state} ${name(index)}`);
  const counts = `${successes.length} succeeded, ${failures.length} failed, ${open.length} cancelled`;
  run.events.push(`join ${state} ${strategyOf(split)} ${verdict ? "met" : "not met"}: ${counts}`);
  run.now = now;
  if (!verdict) throw run.failed("workflow", state, 1);
  const order = (a: { index: number }, b: { index: number }): number => a.index - b.index;
  return {
    ...(input === undefined ? {} : { input }),
    successes: successes.sort(order).map(({ index }) => ({ branch: index, value: (input ?? 0) * 10 + index })),
    failures: failures.sort(order).map(({ index, failed }) => ({ branch: index, category: failed })),
    cancelled: open,
  };
}

function branchOf(
  run: Virtual,
  split: SplitSpec,
  place: number,
  index: number,
  policy: Policy,
  start: number,
  label: string,
): Branch {
  const retries: { at: number; line: string }[] = [];
  const synchronous = split.mode === "sync";
  const attempts: number[] = [];
  let now = start;
  for (let attempt = 1; ; attempt++) {
    attempts.push(now);
    const step = run.steps.next(place, index, synchronous, run.momentOf(place, attempt));
    const { end, failure } = attemptOf(policy, synchronous, step, now);
    const failed = failure === undefined || end === Infinity ? undefined : failureOf(failure, attempt, policy);
    if (failure === undefined || failed !== undefined || end === Infinity) return { index, end, failed, attempts, retries };
    retries.push({ at: end, line: `retry ${label} attempt ${attempt} delay ${policy.delay}` });
    now = end + policy.delay;
    retries.push({ at: now, line: `attempt ${label} attempt ${attempt + 1}` });
  }
}

/** How events call a strategy. */
function strategyOf({ strategy, branches, needed }: SplitSpec): string {
  if (strategy === "percentage") return `percentage(${needed / branches.length})`;
  return strategy === "quorum" || strategy === "partialResults" ? `${strategy}(${needed})` : strategy;
}

/** The outcome of a split as soon as it is certain, each strategy spelt out. */
function decide({ strategy, branches, needed, settle }: SplitSpec, ended: readonly Branch[]): boolean | undefined {
  const successes = ended.filter(({ failed }) => failed === undefined).length;
  const failures = ended.length - successes;
  const allEnded = ended.length === branches.length;
  if (strategy === "all") {
    if (settle === "first-failure" && failures > 0) return false;
    return allEnded ? failures === 0 : undefined;
  }
  if (strategy === "partialTimeout") return allEnded ? true : undefined;
  const enough =
    strategy === "any" ? 1 : strategy === "percentage" ? Math.ceil(branches.length * (needed / branches.length)) : needed;
  if (successes >= enough) return true;
  // A quorum is given up as soon as it is out of reach; the others wait for everybody.
  if ((strategy === "quorum" || strategy === "percentage") && branches.length - failures < enough) return false;
  return allEnded ? false : undefined;
}
