/** What keeps a run alive and what that costs while all is well: retries, timeouts, breakers and limits, against the peers. */

import { circuitBreaker, tokenBucket } from "../runtime/dist/index.js";
import * as cockatiel from "cockatiel";
import { loadMachines } from "./machines.mjs";
import { race, say, sayGoal } from "./measure.mjs";

const CALLS = 60_000;
const work = async () => 1;

const chainOf = (config) => `
import { circuitBreaker, fixed, type Task, workflow } from "cano";
export enum Chain { A = "a", B = "b", C = "c", D = "d", E = "e", Done = "done" }
const breaker = circuitBreaker();
void [breaker, fixed];
${["B", "C", "D", "E", "Done"]
  .map(
    (next, at) => `class Task${at} implements Task<Chain> {
  ${config === "" ? "" : `readonly config = ${config};`}
  async run(): Promise<Chain.${next}> { return Chain.${next}; }
}`,
  )
  .join("\n")}
export const chain = workflow({
  states: Chain, initial: Chain.A, exits: [Chain.Done],
  tasks: { [Chain.A]: Task0, [Chain.B]: Task1, [Chain.C]: Task2, [Chain.D]: Task3, [Chain.E]: Task4 },
});
`;

/** Measures resilience and says what came of it. */
export async function benchResilience() {
  const machines = await loadMachines({
    plain: chainOf(""),
    retried: chainOf("{ retry: fixed({ retries: 3, delay: 10 }) }"),
    timed: chainOf("{ attemptTimeout: 5_000 }"),
    broken: chainOf("{ breaker }"),
  });
  await benchByHand();
  // Last, since cockatiel leaves behind what slows down what comes after it.
  await benchAttempts(machines);
}

const loop = (call) => ({
  operations: CALLS,
  async run() {
    for (let i = 0; i < CALLS; i++) await call();
  },
});

/** Runs of five states, quoted for each of them. */
function states(machine) {
  const workflow = machine.create();
  return {
    operations: CALLS,
    async run() {
      for (let i = 0; i < CALLS / 5; i++) await workflow.orchestrate();
    },
  };
}

async function benchAttempts(machines) {
  const own = await race({
    plain: states(machines.plain),
    retried: states(machines.retried),
    broken: states(machines.broken),
  });
  // What makes much garbage runs in a race of its own, so that the others do not pay for it.
  const timing = await race({ untimed: states(machines.plain), timed: states(machines.timed) });
  const timeout = cockatiel.timeout(5_000, cockatiel.TimeoutStrategy.Aggressive);
  const byHand = await race({ floor: loop(work), least: loop(leastTimeout), race: loop(raceOfTimers) });
  const peer = await race({ cockatiel: loop(() => timeout.execute(work)) });
  const times = { ...own, ...timing, ...byHand, ...peer };
  say("\nan attempt that succeeds, ns");
  for (const [name, time] of Object.entries(times)) say(`  ${name.padEnd(20)} ${time.toFixed(1).padStart(10)}`);
  const added = times.timed - times.untimed;
  sayGoal("a retry policy against none", times.retried / times.plain, 1.1);
  say("  the least that an attempt timeout adds by hand".padEnd(64) + `${(times.least - times.floor).toFixed(0).padStart(9)} ns`);
  sayGoal("an attempt timeout against `Promise.race`, what it adds", added / (times.race - times.floor), 0.4);
  sayGoal("an attempt timeout against cockatiel's, what it adds", added / (times.cockatiel - times.floor), 1);
  sayGoal("a breaker in a config", times.broken - times.plain, 20, "ns");
}

/** A timeout as it is usually written by hand. */
async function raceOfTimers() {
  let timer;
  try {
    return await Promise.race([
      work(),
      new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error("late")), 5_000);
      }),
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** The least that a timeout takes, without one: a look at the clock, and a promise that may end in two ways. */
function leastTimeout() {
  leastTimeout.began = performance.now();
  return new Promise((resolve, reject) => void work().then(resolve, reject));
}

async function benchByHand() {
  const breaker = circuitBreaker();
  const limiter = tokenBucket({ tokens: 1e12, period: 1 });
  const now = (call) => ({
    operations: 1_000_000,
    run() {
      for (let i = 0; i < 1_000_000; i++) call();
    },
  });
  const times = await race({
    breaker: now(() => breaker.acquire().succeed()),
    limiter: now(() => limiter.tryAcquire()),
    clock: now(() => performance.now()),
    nothing: now(() => undefined),
  });
  say(`\nby hand, ns; reading the clock takes ${times.clock.toFixed(1)}`);
  sayGoal("a closed breaker", times.breaker - times.nothing, 20, "ns");
  sayGoal("a limiter that nobody waits for", times.limiter - times.nothing, 50, "ns");
}
