/** What whole durable runs cost: the engine alone, on SQLite, on PostgreSQL against DBOS, and resuming long runs. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DBOS } from "@dbos-inc/dbos-sdk";
import { postgresCheckpoints } from "../runtime/dist/checkpoint/postgres/index.js";
import { sqliteCheckpoints } from "../runtime/dist/checkpoint/sqlite/index.js";
import { loadMachines } from "./machines.mjs";
import { raceBoth, say, sayGoal } from "./measure.mjs";
import { withPostgres } from "./postgres.mjs";

const STEPS = 5;
/** The rows of a run: one for each step, and one for its end. */
const ROWS = STEPS + 1;
const INPUT = { sku: "abc-123", quantity: 3, hold: "h-9921", note: "some text here" };

const head = `import { type Context, type Task, to, workflow } from "cano";

interface Order {
  readonly sku: string;
  readonly quantity: number;
  readonly hold: string;
  readonly note: string;
}
`;

const chain = `${head}
export enum Chain {
${Array.from({ length: STEPS + 1 }, (_, at) => `  S${at} = "s${at}",`).join("\n")}
}

${Array.from(
  { length: STEPS },
  (_, at) => `class Task${at} implements Task<Chain> {
  async run(_: object, { input }: Context<Order>) {
    return to(Chain.S${at + 1}, input);
  }
}`,
).join("\n\n")}

export const chain = workflow({
  states: Chain,
  initial: Chain.S0,
  exits: [Chain.S${STEPS}],
  tasks: { ${Array.from({ length: STEPS }, (_, at) => `[Chain.S${at}]: Task${at}`).join(", ")} },
  durable: true,
  version: 1,
});
`;

/** Goes round until there are enough rows, and then fails: with nothing to undo, it may be resumed as often as one likes. */
const loop = `${head}
export enum Chain {
  Round = "round",
  Done = "done",
}

class Round implements Task<Chain> {
  async run(_: object, { input }: Context<Order>) {
    if (input.quantity <= 1) throw new Error("here it fails");
    return Math.random() < 2 ? to(Chain.Round, { ...input, quantity: input.quantity - 1 }) : Chain.Done;
  }
}

export const chain = workflow({
  states: Chain,
  initial: Chain.Round,
  exits: [Chain.Done],
  tasks: { [Chain.Round]: Round },
  durable: true,
  version: 1,
});
`;

/** Measures durable runs and says what came of it. */
export async function benchDurable() {
  // Not in a folder for temporary files, which may be no disk at all.
  const parent = fileURLToPath(new URL("../.cano/", import.meta.url));
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "bench-"));
  // Durable workflows of one project must not have one name.
  const machines = { ...(await loadMachines({ chain }, "durable")), ...(await loadMachines({ loop }, "durable-loop")) };
  try {
    await benchEngine(machines.chain, folder);
    await benchResume(machines.loop, folder);
    await withPostgres((url) => benchPeers(machines.chain, url));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs of a workflow, so many at once. */
function runsOf(orchestrate, concurrency, operations) {
  return {
    operations,
    async run() {
      let left = operations;
      const lane = async () => {
        while (left-- > 0) await orchestrate();
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
    },
  };
}

const runOf = (workflow) => () => workflow.orchestrate({ input: INPUT });

async function benchEngine({ create }, folder) {
  say(`\nruns of ${STEPS} steps through the engine, µs a hop (and of processor time)`);
  for (const concurrency of [1, 10, 100, 1_000]) {
    const stores = Object.fromEntries(
      ["full", "normal"].map((synchronous) => [
        synchronous,
        sqliteCheckpoints({ path: join(folder, `${synchronous}-${concurrency}.db`), synchronous }),
      ]),
    );
    const contestants = { "no store": runsOf(runOf(create({ checkpoints: NOTHING })), concurrency, 4_000) };
    for (const [name, checkpoints] of Object.entries(stores)) {
      const operations = name === "full" && concurrency === 1 ? 150 : Math.min(4_000, concurrency * 100);
      contestants[`SQLite ${name}`] = runsOf(runOf(create({ checkpoints })), concurrency, operations);
    }
    const results = await raceBoth(contestants);
    for (const store of Object.values(stores)) await store.close();
    const shown = Object.entries(results).map(([name, { time, cpu }]) => {
      return `${name} ${(time / 1_000 / ROWS).toFixed(1)} (${(cpu / 1_000 / ROWS).toFixed(1)})`;
    });
    say(`  ${String(concurrency).padStart(5)} at once: ${shown.join(", ")}`);
  }
}

/** A store that keeps nothing: what is left is what the engine itself does. */
const NOTHING = {
  begin: async ({ workflow, runId }) => ({ workflow, runId, key: 1, fence: 1 }),
  append: async () => undefined,
  release: async () => undefined,
};

async function benchResume({ create }, folder) {
  const contestants = {};
  const store = sqliteCheckpoints({ path: join(folder, "resume.db"), synchronous: "normal" });
  const workflow = create({ checkpoints: store });
  for (const rows of [10, 1_000, 100_000]) {
    const runId = `of ${rows}`;
    await workflow.orchestrate({ input: { ...INPUT, quantity: rows - 1 }, runId }).catch(() => undefined);
    const resume = () =>
      workflow.resume(runId).then(
        () => Promise.reject(new Error("it was to fail")),
        () => undefined,
      );
    contestants[rows] = runsOf(resume, 1, 50);
  }
  const results = await raceBoth(contestants);
  await store.close();
  say("\nresuming a run from SQLite, its next step and its end included, µs");
  for (const [rows, { time }] of Object.entries(results))
    say(`  ${rows.padStart(8)} rows ${(time / 1_000).toFixed(0).padStart(8)}`);
  sayGoal("100,000 rows against 10", results[100_000].time / results[10].time, 1.2);
}

async function benchPeers({ create }, url) {
  DBOS.setConfig({
    name: "bench",
    applicationVersion: "1",
    systemDatabaseUrl: url,
    logLevel: "error",
    systemDatabaseSchemaName: "dbos",
  });
  const step = (input) => DBOS.runStep(async () => input, { name: "step" });
  const peer = DBOS.registerWorkflow(
    async (input) => {
      let value = input;
      for (let at = 0; at < STEPS; at++) value = await step(value);
      return value;
    },
    { name: "chain" },
  );
  await DBOS.launch();
  const checkpoints = postgresCheckpoints({ connectionString: url, schema: "cano" });
  const workflow = create({ checkpoints });
  say(`\nruns of ${STEPS} steps on PostgreSQL, runs a second`);
  for (const concurrency of [1, 16, 64]) {
    const operations = concurrency === 1 ? 60 : concurrency * 12;
    const results = await raceBoth({
      DBOS: runsOf(() => peer(INPUT), concurrency, operations),
      cano: runsOf(runOf(workflow), concurrency, operations),
    });
    const shown = Object.entries(results).map(
      ([name, { time, cpu }]) => `${name} ${(1e9 / time).toFixed(0)}/s, ${(cpu / 1_000).toFixed(0)} µs of processor time`,
    );
    say(`  ${String(concurrency).padStart(5)} at once: ${shown.join("; ")}`);
    sayGoal("  against DBOS", results.DBOS.time / results.cano.time, 3, "x", true);
  }
  await checkpoints.close();
  await DBOS.shutdown();
}
