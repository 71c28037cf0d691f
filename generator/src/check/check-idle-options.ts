/** Checks that options stand where something reads them. Those of a task's own config are for `check-guard-effects.ts`. */

import { uselessOption } from "../diagnostics/catalogue/guards.js";
import { kindWords, subject } from "../diagnostics/catalogue/wording.js";
import type { Report } from "../diagnostics/diagnostic.js";
import { CONFIG_KEYS, KINDS } from "../kinds/kinds.js";
import { membersOf } from "../kinds/task-kinds.js";
import { type BoundSplit, type BoundTask, listSplits, listTasks } from "../model/bindings.js";
import { isOneSlip } from "../text/slips.js";
import { type Check, subjectOf } from "./check.js";
import { intends } from "./intends.js";
import { isCount } from "./numbers.js";

/**
 * What is said of stored runs, of undoing, of the first failure, of more branches than there are or of another kind of task is in vain where there is no such thing.
 *
 * Breaks it: `version: 1` without `durable`; `compensationTimeout` where no task has `compensate`; `split([A, B], { join: any(), settle:
 * "first-failure", bulkhead: 2, … })`; a plain task with `readonly backoff = { base: 5 }`.
 */
export const checkIdleOptions: Check = (draft, report) => {
  const of = "the workflow";
  for (const { option, span } of draft.durability.idle)
    report(uselessOption(span, { option, of, why: "nothing says that its runs are stored", cure: "add `durable: true`" }));
  const tasks = listTasks(draft);
  const limit = draft.compensationTimeout;
  if (limit && !tasks.some(({ task }) => intends("compensatable", task)))
    report(
      uselessOption(limit.span, {
        option: "compensationTimeout",
        of,
        why: "none of its tasks has `compensate`",
        cure: "write the `compensate` that it is for",
      }),
    );
  for (const split of listSplits(draft)) judgeSplit(split, report);
  for (const task of tasks) judgeTask(task, report);
};

function judgeSplit({ split, state }: BoundSplit, report: Report): void {
  const { join, hasty, bulkhead } = split;
  const of = `the split of \`${state.name}\``;
  const branches = split.branches.kind === "listed" ? split.branches.list.length : Number.POSITIVE_INFINITY;
  const places = bulkhead?.value;
  if (bulkhead !== undefined && places !== undefined && isCount(places) && places >= branches)
    report(
      uselessOption(bulkhead.span, {
        option: "bulkhead",
        of,
        why: "all of its branches may run at once",
        cure: "let fewer run at once",
      }),
    );
  if (hasty === undefined || join.strategy === "all" || join.strategy === "unknown") return;
  const why = `it is for \`all()\`: \`${join.strategy}()\` says itself how many failures are too many`;
  report(uselessOption(hasty, { option: "settle", of, why, cure: "join by `all()`" }));
}

function judgeTask(bound: BoundTask, report: Report): void {
  const { shapes, idleOptions, idleConfigs } = bound.task;
  const [is] = shapes;
  if (is === undefined) return;
  const of = subject(subjectOf(bound));
  for (const { name, span } of idleOptions) {
    if (CONFIG_KEYS.includes(name)) {
      report(
        uselessOption(span, { option: name, of, why: "it is not in the `config` of its task", cure: "write it into `config`" }),
      );
      continue;
    }
    const owner = KINDS.find(({ options }) => options.includes(name))?.kind;
    if (owner === undefined || intends(owner, bound.task)) continue;
    const why = `${kindWords(owner)} has such an option, and this is ${kindWords(is.kind)}`;
    report(uselessOption(span, { option: name, of, why, cure: `make it ${kindWords(owner)}` }));
  }
  const why = "it is no `config` under this name";
  for (const { name, span } of idleConfigs) {
    // Slips are told by `check-misspellings.ts`.
    if (membersOf(is.kind).some((known) => isOneSlip(name, known))) continue;
    report(uselessOption(span, { option: name, of, why, cure: cureFor(bound, name) }));
  }
}

function cureFor({ task }: BoundTask, name: string): string {
  const meant = /compensat|undo/i.test(name) ? "compensateConfig" : "config";
  return task[meant] === undefined ? `call it \`${meant}\`` : `write what it holds into \`${meant}\``;
}
