/** Runs every check on every draft, and makes machines of those without errors. What each check is about is in its own file. */

import type { Diagnostic, Report } from "../diagnostics/diagnostic.js";
import { findWorkflow } from "../lock/lock.js";
import { earlierThan } from "../lock/next-lock.js";
import type { RecordedLock } from "../lock/recorded-lock.js";
import { buildRecord } from "../model/build-record.js";
import type { Draft } from "../model/draft.js";
import type { Machine } from "../model/machine.js";
import { buildMachine } from "./build-machine.js";
import type { Check } from "./check.js";
import { checkBitFlags } from "./check-bit-flags.js";
import { checkBranchInputs } from "./check-branch-inputs.js";
import { checkBranchBulkheads, checkBulkheads } from "./check-bulkheads.js";
import { checkBusyCycles } from "./check-busy-cycles.js";
import { checkCodecs } from "./check-codecs.js";
import { checkConfigKeys } from "./check-config-keys.js";
import { checkConstruction } from "./check-construction.js";
import { checkDeclaredTargets } from "./check-declared-targets.js";
import { checkDurability } from "./check-durability.js";
import { checkExits, checkInitial } from "./check-ends.js";
import { checkEvolution } from "./check-evolution.js";
import { checkFlows } from "./check-flows.js";
import { checkFallbackCircles, checkFallbackOnly } from "./check-fallbacks.js";
import { checkHedges, checkUselessGuards, checkUselessTimeouts } from "./check-guard-effects.js";
import { checkGuards } from "./check-guards.js";
import { checkHandlers } from "./check-handlers.js";
import { checkHandover } from "./check-handover.js";
import { checkIdleOptions } from "./check-idle-options.js";
import { checkJoins } from "./check-joins.js";
import { checkLoopOptions } from "./check-loop-options.js";
import { checkMembers } from "./check-members.js";
import { checkMigrations } from "./check-migrations.js";
import { checkMisspellings } from "./check-misspellings.js";
import { checkNames, reportHeldName } from "./check-names.js";
import { checkParameters } from "./check-parameters.js";
import { checkReachability } from "./check-reachability.js";
import { checkResources } from "./check-resources.js";
import { checkRetries } from "./check-retries.js";
import { checkSagas } from "./check-sagas.js";
import { checkStorage } from "./check-storage.js";
import { checkTargets } from "./check-targets.js";
import { checkTaskShapes } from "./check-task-shapes.js";
import { checkTimeoutOrder, checkTimeouts } from "./check-timeouts.js";
import { checkTraps } from "./check-traps.js";
import { checkUndoMigrations } from "./check-undo-migrations.js";
import { checkUnmadeAttempts } from "./check-unmade-attempts.js";
import { checkWaits, checkWaitTimes } from "./check-waits.js";

const CHECKS: readonly Check[] = [
  checkConstruction,
  checkTaskShapes,
  checkMisspellings,
  checkConfigKeys,
  checkMembers,
  checkParameters,
  checkInitial,
  checkExits,
  checkHandlers,
  checkTargets,
  checkBitFlags,
  checkReachability,
  checkTraps,
  checkDeclaredTargets,
  checkBusyCycles,
  checkJoins,
  checkBulkheads,
  checkBranchBulkheads,
  checkTimeouts,
  checkTimeoutOrder,
  checkWaitTimes,
  checkWaits,
  checkRetries,
  checkGuards,
  checkUnmadeAttempts,
  checkUselessGuards,
  checkUselessTimeouts,
  checkIdleOptions,
  checkHedges,
  checkFallbackOnly,
  checkFallbackCircles,
  checkSagas,
  checkDurability,
  checkLoopOptions,
  checkHandover,
  checkStorage,
  checkFlows,
  checkResources,
  checkBranchInputs,
];

/** What durable workflows are compared with. */
export interface SharedLock {
  readonly recorded: RecordedLock;
  /** The absolute path of a recorded source, where another project has it. */
  readonly findElsewhere: (source: string) => string | undefined;
}

/**
 * Reports every problem of every draft, and returns the machines of those that have warnings at most, in the order of the drafts. `lock` is
 * what durable ones are compared with; without it they are not.
 */
export function checkMachines(drafts: readonly Draft[], report: Report, lock?: SharedLock): Machine[] {
  const once = reportOnce(report);
  return drafts.flatMap((draft, place) => {
    const found = listProblems(draft, drafts.slice(0, place), lock);
    found.forEach(once);
    return found.some(({ severity }) => severity === "error") ? [] : [buildMachine(draft)];
  });
}

function listProblems(draft: Draft, earlier: readonly Draft[], lock: SharedLock | undefined): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  const add: Report = (diagnostic) => void found.push(diagnostic);
  const failed = (): boolean => found.some(({ severity }) => severity === "error");
  for (const check of CHECKS) check(draft, add);
  checkNames(draft, earlier, add);
  // What a workflow would store is only known once nothing else is wrong with it.
  if (lock && draft.durability.durable && !failed()) checkAgainst(draft, lock, add);
  return failed() ? found : [...found, ...draft.heldBack];
}

function checkAgainst(draft: Draft, { recorded: { lock }, findElsewhere }: SharedLock, report: Report): void {
  const now = buildRecord(draft);
  if (now === undefined) return;
  const recorded = findWorkflow(lock, draft.name);
  const holder = recorded && findElsewhere(recorded.source);
  // What is recorded is not what this workflow was.
  if (holder !== undefined) return reportHeldName(draft, holder, report);
  const earlier = recorded ? earlierThan(recorded, now.version) : [];
  checkEvolution(draft, now, recorded, report);
  checkMigrations(draft, now, earlier, report);
  const current = recorded?.current.version === now.version ? recorded.current : undefined;
  checkUndoMigrations(draft, earlier, current, report);
  checkCodecs(draft, now, earlier, current, report);
}

// A class that is bound twice has its problems once.
function reportOnce(report: Report): Report {
  const seen = new Set<string>();
  return (diagnostic) => {
    const key = JSON.stringify([diagnostic.code, diagnostic.span, diagnostic.message]);
    if (!seen.has(key)) report(diagnostic);
    seen.add(key);
  };
}
