/** Runs the generated module of a random machine: once to its end, or through crashes. */

import { type CircuitBreaker, type DurableOrchestrator, isCanoError } from "cano";
import { MemoryCheckpoints } from "cano/checkpoints";
import { ManualClock, RecordingObserver } from "cano/testing";
import { crashingStore, type Death } from "../durable/crashing-store.js";
import type { Outcome } from "./interpreter.js";
import { Script, Steps, Visits } from "./script.js";
import type { MachineSpec } from "./spec.js";

type Result = { readonly state: string; readonly output: unknown };

/** The module of a random machine. */
export interface Generated {
  readonly createMachine: (options: object) => DurableOrchestrator<object, Result>;
  readonly breakers: readonly CircuitBreaker[];
}

/** What a run comes to that is cancelled at `cancelAt` milliseconds, unless it has ended. */
export async function runGenerated(
  { createMachine, breakers }: Generated,
  spec: MachineSpec,
  seed: number,
  cancelAt: number,
): Promise<Outcome> {
  resetBreakers(breakers, spec);
  const clock = new ManualClock();
  const observer = new RecordingObserver();
  const script = scriptOf(spec, new Steps(seed), new Visits(), clock);
  const controller = new AbortController();
  clock.schedule(() => controller.abort(), cancelAt);
  const checkpoints = new MemoryCheckpoints();
  const workflow = createMachine({ ...optionsOf(clock), checkpoints, observers: [observer], resources: { script } });
  const told = tellOf(workflow.orchestrate({ ...inputOf(spec), signal: controller.signal }));
  await clock.runAll();
  // The timers of hanging tasks are the tasks' own; the engine has left none.
  return {
    events: observer.lines().filter((line) => !line.startsWith("checkpoint")),
    result: told.text,
    breakers: breakers.map(({ state }) => state),
  };
}

/** What a run comes to that nobody watches, and nobody may cancel. */
export async function runUnwatched({ createMachine, breakers }: Generated, spec: MachineSpec, seed: number): Promise<string> {
  resetBreakers(breakers, spec);
  const clock = new ManualClock();
  const script = scriptOf(spec, new Steps(seed), new Visits(), clock);
  const workflow = createMachine({ ...optionsOf(clock), resources: { script } });
  const told = tellOf(workflow.orchestrate(inputOf(spec)));
  await clock.runAll();
  return told.text;
}

/** What a run comes to whose processes die as `deaths` say, one after the other, and how many writes the last one has made. */
export async function runThroughCrashes(
  { createMachine }: Generated,
  spec: MachineSpec,
  seed: number,
  deaths: readonly Death[],
): Promise<{ readonly result: string; readonly writes: number }> {
  const clock = new ManualClock();
  const visits = new Visits();
  let disk = new MemoryCheckpoints();
  for (const death of [...deaths, undefined]) {
    const script = scriptOf(spec, new Steps(seed), visits, clock);
    const next = new MemoryCheckpoints(disk);
    await disk.close();
    disk = next;
    const { store, writes, isDead } = crashingStore(disk, death, () => (script.isDead = true));
    const workflow = createMachine({ ...optionsOf(clock), checkpoints: store, resources: { script } });
    const known = await workflow.runs.get("run-1");
    const told = tellOf(
      known === undefined ? workflow.orchestrate({ ...inputOf(spec), runId: "run-1" }) : workflow.resume("run-1"),
    );
    await clock.runAll();
    if (!isDead()) return { result: told.text, writes: writes() };
  }
  throw new Error("the last process has died");
}

function resetBreakers(breakers: Generated["breakers"], spec: MachineSpec): void {
  for (const [at, breaker] of breakers.entries()) {
    breaker.reset();
    if (spec.breakers[at]?.isForcedOpen === true) breaker.forceOpen();
  }
}

function scriptOf(spec: MachineSpec, steps: Steps, visits: Visits, clock: ManualClock): Script {
  return new Script(steps, visits, clock, (state) => {
    const { mode } = spec.states[state] ?? {};
    return mode === "sync";
  });
}

function optionsOf(clock: ManualClock): object {
  return { clock, tick: 0.001, log: { ...console, warn: () => undefined } };
}

function inputOf({ states }: MachineSpec): object {
  return states[0]?.takesInput === true ? { input: 100 } : {};
}

function tellOf(run: Promise<Result>): { text: string } {
  const told = { text: "never ended" };
  run.then(
    ({ state, output }) => (told.text = `${state} ${JSON.stringify(withoutTexts(output))}`),
    (error: unknown) =>
      (told.text = isCanoError(error)
        ? `${error.category} in ${error.state}, attempt ${error.attempt}, path ${error.path?.join(">")}`
        : String(error)),
  );
  return told;
}

/** Joined results without the names and messages of their failures. */
function withoutTexts(output: unknown): unknown {
  if (typeof output !== "object" || output === null || !("failures" in output)) return output;
  const failures = (output.failures as { branch: number; category: string }[]).map(({ branch, category }) => ({
    branch,
    category,
  }));
  return { ...output, failures };
}
