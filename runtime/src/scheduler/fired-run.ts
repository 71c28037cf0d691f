/** The run of one firing, from its request to what it came to. */

import type { RunRecord } from "../checkpoint/checkpoint-store.js";
import type { Firing } from "../checkpoint/schedule-store.js";
import { isCanoError } from "../run/errors.js";
import { textOf } from "../run/failure.js";
import type { Definition } from "./definition.js";
import type { Ending } from "./settle.js";

/** A workflow object as it is called: with a request of which only the scheduler knows that it fits. */
interface Runnable {
  orchestrate(request: object): Promise<unknown>;
}

interface Durable extends Runnable {
  resume(runId: string, options: { readonly signal: AbortSignal }): Promise<unknown>;
  readonly runs: { get(runId: string): Promise<RunRecord | undefined> };
}

/**
 * Runs the workflow, or goes on with its run where `isAdopted` and the run is stored. Undefined when that is not settled: the store failed, or somebody else
 * goes on with the run. Never rejects.
 */
export async function endingOf(
  definition: Definition,
  firing: Firing,
  signal: AbortSignal,
  isAdopted: boolean,
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
    }
    // Of a run whose process is gone, nothing is known: what is to be made up for is done again.
    if (isAdopted && !isDurable && definition.lateness.misfire === "skip") return { outcome: "lost" };
    const { request } = definition;
    const asked = typeof request === "function" ? await request(firing) : request;
    const own = { runId: firing.runId, signal };
    await workflow.orchestrate(asked === undefined ? own : { ...asked, ...own });
    return { outcome: "completed" };
  } catch (error) {
    if (isDurable && mayPass(error)) return undefined;
    if (isCanoError(error, "cancelled")) return { outcome: "cancelled" };
    return { outcome: "failed", error: textOf(error) };
  }
}

/** Whether it is worth asking again: a log that cannot be read would keep its schedule for ever. */
function mayPass(error: unknown): boolean {
  if (isCanoError(error, "run_conflict")) return true;
  // A store that is not one of cano's may say no code.
  return isCanoError(error, "checkpoint_store") && (error.code === undefined || error.code === "CANO7021");
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
