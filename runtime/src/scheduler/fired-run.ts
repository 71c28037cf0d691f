/** The run of one firing, from its request to what it came to. */

import type { RunRecord } from "../checkpoint/checkpoint-store.js";
import type { Firing } from "../checkpoint/schedule-store.js";
import type { Firable } from "../durable/fired.js";
import { isCanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import type { Definition } from "./definition.js";
import type { Ending } from "./settle.js";

/** A workflow object as it is called: with a request of which only the scheduler knows that it fits. */
interface Runnable {
  orchestrate(request: object): Promise<unknown>;
}

interface Durable extends Runnable, Firable {
  resume(runId: string, options: { readonly signal: AbortSignal }): Promise<unknown>;
  readonly runs: { get(runId: string): Promise<RunRecord | undefined> };
}

/** A firing whose run is to be done. */
export interface Fired {
  readonly firing: Firing;
  readonly signal: AbortSignal;
  /** Whether its run may have been begun before. */
  readonly isAdopted: boolean;
  /** What somebody else has settled the firing with; undefined while it is open. Rejects when the store does. */
  readonly settled: () => Promise<Ending | undefined>;
}

/**
 * Runs the workflow, or goes on with its run where that may have been begun before and is stored. Undefined when what it came to is not known: the store
 * failed, or somebody else goes on with the run. Never rejects.
 */
export async function endingOf(
  definition: Definition,
  { firing, signal, isAdopted, settled }: Fired,
): Promise<Ending | undefined> {
  const workflow = definition.workflow as unknown as Runnable | Durable;
  const isDurable = "resume" in workflow;
  try {
    if (isAdopted && isDurable) {
      const known = await workflow.runs.get(firing.runId);
      if (known?.status === "running" || known?.status === "compensating") {
        await workflow.resume(firing.runId, { signal });
        return { outcome: "completed" };
      }
      if (known !== undefined) {
        const failure = await workflow.failureOfFired(firing.runId);
        return failure === undefined ? { outcome: "completed" } : endingWith(failure.error);
      }
      // Runs are forgotten once their firing is settled, and not before: one that is not there was not begun.
      const ending = await settled();
      if (ending !== undefined) return ending;
    }
    // Of a run whose process is gone, nothing is known: what is to be made up for is done again.
    if (isAdopted && !isDurable && definition.lateness.misfire === "skip") return { outcome: "lost" };
    const { request } = definition;
    const asked = typeof request === "function" ? await request(firing) : request;
    const { runId } = firing;
    const own = isDurable ? { runId, signal, isFired: true } : { runId, signal };
    await workflow.orchestrate(asked === undefined ? own : { ...asked, ...own });
    return { outcome: "completed" };
  } catch (error) {
    // It may be what the run has ended with, too: that is asked for then.
    return isDurable && mayPass(error) ? undefined : endingWith(error);
  }
}

function endingWith(error: unknown): Ending {
  return isCanoError(error, "cancelled") ? { outcome: "cancelled" } : { outcome: "failed", error: textOf(error) };
}

/** Forgets a run whose firing is settled, where that is what becomes of the workflow's runs. Undefined where they are not stored. Rejects when the store does. */
export function forget({ workflow }: Definition, { runId }: Firing): Promise<void> | undefined {
  return (workflow as Partial<Firable>).forgetFired?.(runId);
}

/** Whether it is worth asking again: a log that cannot be read would keep its schedule for ever. */
function mayPass(error: unknown): boolean {
  if (isCanoError(error, "run_conflict")) return true;
  if (!isCanoError(error, "checkpoint_store")) return false;
  // A store that is not one of cano's may say no code.
  const { code = "CANO7021" } = error;
  // A run that is not there any more was forgotten, or pruned, since it was found.
  return code === "CANO7021" || code === "CANO7028";
}

/**
 * Asks whoever drives a stored run to cancel it. `false` when there is no such run, or not yet. Where the workflow's runs are not stored, nobody can be
 * asked.
 */
export async function cancelStored({ workflow }: Definition, runId: string): Promise<boolean> {
  const { runs } = workflow as { readonly runs?: { cancel(runId: string): Promise<unknown> } };
  try {
    await runs?.cancel(runId);
    return true;
  } catch (error) {
    if (isCanoError(error) && error.code === "CANO7028") return false;
    throw error;
  }
}
