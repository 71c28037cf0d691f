/** Real processes that work on the runs of one database, and what must have come of these. */

import { appendFileSync, readFileSync } from "node:fs";
import Sqlite from "better-sqlite3";
import { MemoryCheckpoints } from "cano/checkpoints";
import { ManualClock } from "cano/testing";
import { expect } from "vitest";
import { bundleScript } from "../support/bundle.js";
import { freshFile, freshSchema, postgresUrl } from "../support/databases.js";
import { Other } from "../support/processes.js";
import { faultsOf } from "./legal-log.js";
import { listScenarios, type Scenario } from "./scenario.js";
import { expectRepair, numberVisits, outcomeOf, type Story } from "./story.js";
import { FAILING, failsIn, openPlace } from "./worker.js";

const script = bundleScript(
  "worker",
  `import scenarios from "./.cano/fixtures/durable-payroll/crash.ts";
import { work } from "./tests/durable/worker.ts";
await work(scenarios[0]);`,
);

/** What the processes do: an hour's work that may be interrupted anywhere. */
export async function payroll(): Promise<Scenario> {
  const [scenario] = (await listScenarios()).filter(({ fixture }) => fixture === "durable-payroll");
  if (scenario === undefined) throw new Error("the scenario is gone");
  return scenario;
}

/** A database. */
export interface Place {
  readonly database: string;
  readonly schema: string;
  /** Fails if the database itself has taken harm. */
  readonly examine: () => void;
}

/** Databases with nothing in them. */
export const PLACES: Readonly<Record<string, () => Promise<Place>>> = {
  async SQLite() {
    const database = freshFile();
    const examine = (): void => {
      const file = new Sqlite(database);
      expect(file.pragma("integrity_check", { simple: true })).toBe("ok");
      file.close();
    };
    return { database, schema: "", examine };
  },
  async PostgreSQL() {
    return { database: await postgresUrl(), schema: freshSchema(), examine: () => undefined };
  },
};

/** What is to be done in a database: runs, of which every third fails. */
export class Work {
  /** Where the processes write down what they do. */
  private readonly effects = freshFile();
  private readonly start = Date.now() - 1_000;
  private readonly runs: readonly string[];

  constructor(
    private readonly place: Place,
    name: string,
    runs: number,
  ) {
    this.runs = Array.from({ length: runs }, (_, at) => `${at % 3 === 0 ? FAILING : "good"}-${name}-${at}`);
    appendFileSync(this.effects, "");
  }

  /** Starts a process that will take part, once it is told to. It has ended when all is done, with 0. */
  async startWorker(): Promise<Other> {
    const { database, schema } = this.place;
    const worker = new Other(script, database, schema, this.effects, String(this.start), JSON.stringify(this.runs));
    expect(await worker.line()).toBe("ready");
    return worker;
  }

  /** Everything has been done, and nothing more often than those may have done it that went on with a run. Returns how often that was. */
  async expectDone(): Promise<number> {
    const scenario = await payroll();
    const undisturbed = {
      good: await undisturbedStory(scenario, "good-0"),
      bad: await undisturbedStory(scenario, `${FAILING}-0`),
    };
    const lines = readFileSync(this.effects, "utf8").trimEnd().split("\n");
    const done = lines.map((line) => JSON.parse(line) as readonly [what: string, key: string]);
    await using checkpoints = openPlace(this.place.database, this.place.schema);
    const workflow = scenario.create({ checkpoints }, async () => undefined);
    let resumes = 0;
    for (const runId of this.runs) {
      const log = await workflow.runs.history(runId);
      expect(faultsOf(log), runId).toEqual([]);
      const own = done.filter(([, key]) => key.includes(`/${runId}#`)).map(([what, key]) => `${what} (${key})`);
      const story = { outcome: await outcomeOf(workflow.resume(runId)), effects: numberVisits(own, runId) };
      const deaths = log.filter(({ kind }) => kind === "resume").length;
      expectRepair(story, undisturbed[runId.startsWith(FAILING) ? "bad" : "good"], deaths);
      resumes += deaths;
    }
    return resumes;
  }
}

/** The story of a run that nobody disturbs. */
export async function undisturbedStory(scenario: Scenario, runId: string): Promise<Story> {
  const effects: string[] = [];
  const clock = new ManualClock();
  const workflow = scenario.create({ clock, checkpoints: new MemoryCheckpoints() }, async (what, key) => {
    effects.push(`${what} (${key})`);
    failsIn(what, key);
  });
  const outcome = outcomeOf(workflow.orchestrate({ ...scenario.request, runId }));
  await clock.runAll();
  return { outcome: await outcome, effects: numberVisits(effects, runId) };
}
