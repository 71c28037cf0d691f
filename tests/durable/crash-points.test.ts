/** Every durable fixture is stopped at every write to its log, before it and after it, and resumed: it must come to what it comes to undisturbed. */

import { isCanoError } from "cano";
import { type CheckpointStore, MemoryCheckpoints } from "cano/checkpoints";
import { ManualClock } from "cano/testing";
import { describe, expect, test } from "vitest";
import { crashingStore, type Death } from "./crashing-store.js";
import { faultsOf } from "./legal-log.js";
import { listScenarios, type Scenario } from "./scenario.js";

const RUN = "run-1";

/** What a run came to, and what was done on the way. */
interface Story {
  readonly outcome: string;
  /** Each as `what (key)`, in order. */
  readonly effects: readonly string[];
  readonly writes: number;
}

/** A place where logs outlive processes: each call opens it as another process would, the one before being gone. */
type Disk = () => Promise<CheckpointStore>;

function memoryDisk(): Disk {
  let last: MemoryCheckpoints | undefined;
  return async () => {
    const next = new MemoryCheckpoints(last);
    await last?.close();
    last = next;
    return next;
  };
}

/** Runs `scenario`, in one process for each of `deaths` and a last one that lives. */
async function live(scenario: Scenario, disk: Disk, deaths: readonly Death[]): Promise<Story> {
  const clock = new ManualClock(new Date("2026-01-01"));
  const effects: string[] = [];
  let writes = 0;
  for (const death of [...deaths, undefined]) {
    let isAlive = true;
    const { store, ...crashing } = crashingStore(await disk(), death, () => (isAlive = false));
    const workflow = scenario.create({ clock, checkpoints: store, random: () => 0.5, log: SILENT }, async (what, key) => {
      // What a dead process does is not done.
      if (isAlive) effects.push(`${what} (${key})`);
      else await new Promise(() => undefined);
    });
    const known = await store.find({ workflow: workflow.graph.name, runId: RUN });
    let outcome: string | undefined;
    const run = known === undefined ? workflow.orchestrate({ ...scenario.request, runId: RUN }) : workflow.resume(RUN);
    run.then(
      ({ state, output }) => (outcome = `${state} with ${JSON.stringify(output)}`),
      (error: unknown) =>
        (outcome = isCanoError(error) ? `${error.category} in ${error.state}: ${error.message}` : String(error)),
    );
    await clock.runAll();
    writes = crashing.writes();
    if (outcome !== undefined) return { outcome, effects: numberVisits(effects), writes };
    expect(crashing.isDead(), "a process that is alive answers").toBe(true);
  }
  throw new Error("the last process has died");
}

/** Visits are told by the rows with which they begin, whose numbers depend on what was resumed; here, by their order. */
function numberVisits(effects: readonly string[]): readonly string[] {
  const visit = new RegExp(`\\(${RUN}/(\\d+)`);
  const rows = effects.flatMap((effect) => visit.exec(effect)?.[1] ?? []).map(Number);
  const order = [...new Set(rows)].toSorted((a, b) => a - b);
  return effects.map((effect) => effect.replace(visit, (_, row: string) => `(visit ${order.indexOf(Number(row))}`));
}

const SILENT = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What a crash may change: the step in flight is repeated, and nothing else. */
function expectRepair(story: Story, undisturbed: Story, deaths: readonly Death[]): void {
  expect(story.outcome).toBe(undisturbed.outcome);
  // Each effect comes about, in the same order, and only those of one visit for each death do so again.
  const firsts = [...new Set(story.effects)];
  expect(firsts.toSorted()).toEqual([...new Set(undisturbed.effects)].toSorted());
  const repeated = firsts.filter((effect) => count(story.effects, effect) > count(undisturbed.effects, effect));
  for (const effect of repeated)
    expect(count(story.effects, effect) - count(undisturbed.effects, effect), `${effect} again`).toBeLessThanOrEqual(
      deaths.length,
    );
  const visits = new Set(repeated.map((effect) => /\((visit \d+|\w+)/.exec(effect)?.[1]));
  expect(visits.size, `what is repeated: ${repeated.join(", ")}`).toBeLessThanOrEqual(deaths.length);
  const undone = (effects: readonly string[]): string[] => [...new Set(effects.filter((effect) => effect.startsWith("undo:")))];
  expect(undone(story.effects), "what was done last is undone first").toEqual(undone(undisturbed.effects));
}

function count(list: readonly string[], item: string): number {
  return list.filter((other) => other === item).length;
}

const scenarios = await listScenarios();

describe.each(scenarios)("$fixture: $name", (scenario) => {
  test("a crash at every write", async () => {
    const undisturbed = await live(scenario, memoryDisk(), []);
    expect(undisturbed.writes).toBeGreaterThanOrEqual(3);
    for (let write = 0; write < undisturbed.writes; write++) {
      for (const when of ["before", "after"] as const) {
        const disk = memoryDisk();
        const deaths = [{ write, when }];
        expectRepair(await live(scenario, disk, deaths), undisturbed, deaths);
        const rows = await (await disk()).history({ workflow: workflowOf(scenario), runId: RUN }, -1, 1_000);
        expect(faultsOf(rows), `${when} write ${write}`).toEqual([]);
      }
    }
  });

  test("a second crash at every write of the process that has resumed it", async () => {
    const undisturbed = await live(scenario, memoryDisk(), []);
    for (let first = 0; first < undisturbed.writes; first++) {
      for (let second = 0; second < undisturbed.writes - first; second++) {
        const deaths = [
          { write: first, when: "after" },
          { write: second, when: "before" },
        ] as const;
        expectRepair(await live(scenario, memoryDisk(), deaths), undisturbed, deaths);
      }
    }
  });
});

function workflowOf(scenario: Scenario): string {
  return scenario.create({ checkpoints: new MemoryCheckpoints() }, async () => undefined).graph.name;
}
