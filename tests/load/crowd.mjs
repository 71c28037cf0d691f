/**
 * 100,000 runs at once, with timeouts, retries and a breaker that all share, on a manual clock. Prints how they ended, and the heap before and
 * after, as JSON. Needs `--expose-gc`; started by `crowd.test.ts`.
 */

import { ManualClock } from "../../runtime/dist/testing/index.js";
import { loadMachines } from "../../bench/machines.mjs";

const RUNS = 100_000;

const source = `
import { circuitBreaker, type Context, fixed, type Task, to, workflow } from "cano";
export enum Crowd { Ask = "ask", Check = "check", Done = "done" }
export interface Service { ask(who: number, attempt: number): Promise<number> }
export const breaker = circuitBreaker({ name: "service", failureThreshold: 40, resetTimeout: 3 });
class Ask implements Task<Crowd> {
  readonly config = { retry: fixed({ retries: 3, delay: 10 }), attemptTimeout: 50, breaker };
  async run({ service }: { service: Service }, { input, attempt }: Context<number>) {
    return to(Crowd.Check, await service.ask(input, attempt));
  }
}
class Check implements Task<Crowd> {
  readonly config = { retry: fixed({ retries: 1, delay: 5 }), attemptTimeout: 20 };
  async run(_: unknown, { input, attempt, sleep }: Context<number>) {
    if (attempt === 1 && input % 3 === 0) throw new Error("not yet");
    await sleep(input % 10);
    return to(Crowd.Done, input);
  }
}
export const chain = workflow({
  states: Crowd, initial: Crowd.Ask, exits: [Crowd.Done],
  tasks: { [Crowd.Ask]: Ask, [Crowd.Check]: Check },
  totalTimeout: 60_000,
});
`;

/** Fails at first for some, always for a few, and hangs for a tenth of them: their timeouts expire together, which opens the breaker. */
const service = {
  async ask(who, attempt) {
    if (attempt === 1 && who % 10 === 0) await new Promise(() => undefined);
    if (attempt === 1 && who % 10 === 1) throw new Error("busy");
    if (who % 1_000 === 999) throw new Error("down");
    return who;
  },
};

const clock = new ManualClock();
const { crowd } = await loadMachines({ crowd: source }, "crowd");
const workflow = crowd.create({ clock, resources: { service } });

async function runMany(count) {
  const ends = {};
  const runs = Array.from({ length: count }, (_, who) =>
    workflow.orchestrate({ input: who }).then(
      ({ state }) => (ends[state] = (ends[state] ?? 0) + 1),
      (error) => {
        const end = error.category ?? String(error);
        ends[end] = (ends[end] ?? 0) + 1;
      },
    ),
  );
  await clock.runAll(1e7);
  await Promise.all(runs);
  return ends;
}

/** The heap in use, once everything is collected that can be; one collection leaves what only the next one finds to be free. */
async function heap() {
  for (let round = 0; round < 4; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
}

// What is loaded and compiled on the way is there to stay.
await runMany(5_000);
crowd.module.breaker.reset();
const before = await heap();
const ends = await runMany(RUNS);
const after = await heap();
console.log(JSON.stringify({ ends, before, after, pending: clock.pending, breaker: crowd.module.breaker.state }));
