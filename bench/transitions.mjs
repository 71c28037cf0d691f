/** Nanoseconds a transition: the generated dispatcher against its peers, and what features add. */

import { chainSource, loadMachines, runs } from "./machines.mjs";
import { race, say, sayGoal, weigh } from "./measure.mjs";
import { floor, handSwitch, mapInterpreter, straightLine } from "./peers.mjs";

const repeatNow = (times, run) => () => {
  for (let i = 0; i < times; i++) run();
};

/** Measures transitions and says what came of it. */
export async function benchTransitions() {
  const sizes = [10, 64, 100, 400, 1_000];
  const sources = Object.fromEntries(
    ["async", "sync", "mixed"].flatMap((mode) => sizes.map((size) => [`${mode}${size}`, chainSource(size, mode)])),
  );
  sources["retry10"] = chainSource(10, "async", "{ retry: fixed({ retries: 3, delay: 10 }) }");
  sources["timeout10"] = chainSource(10, "async", "{ attemptTimeout: 5_000 }");
  const machines = await loadMachines(sources);
  const perTransition = await benchAsync(machines, sizes);
  sayGoal("1,000 states against 10", perTransition.get(1_000) / perTransition.get(10), 2.5);
  await benchSync(machines, sizes);
  await benchMixed(machines);
  await benchFeatures(machines);
  await benchMemory(machines);
}

async function benchAsync(machines, sizes) {
  const perTransition = new Map();
  for (const size of sizes) {
    const { create, tasks } = machines[`async${size}`];
    const workflow = create();
    const times = await race({
      floor: { operations: 60_000, run: () => floor(60_000) },
      generated: runs(size, () => workflow.orchestrate()),
      "straight line": runs(size, straightLine(tasks)),
      "switch by hand": runs(size, handSwitch(tasks, true)),
      "map interpreter": runs(size, mapInterpreter(tasks)),
    });
    perTransition.set(size, times.generated);
    say(`\n${size} states, asynchronous, ns a transition`);
    for (const [name, time] of Object.entries(times)) {
      say(
        `  ${name.padEnd(20)} ${time.toFixed(1).padStart(10)}   ${(time / times.generated).toFixed(2).padStart(8)} x generated`,
      );
    }
    if (size === 10) sayGoal("against the floor", times.generated / times.floor, 1.25);
    if (size >= 64 && size <= 400) sayGoal("against straight-line awaits", times.generated / times["straight line"], 1.2);
    if (size === 10) sayGoal("the map interpreter against it", times["map interpreter"] / times.generated, 2.4, "x", true);
  }
  return perTransition;
}

async function benchSync(machines, sizes) {
  say("\nsynchronous, ns a transition             orchestrate      runSync   switch by hand");
  for (const size of sizes) {
    const { create, tasks } = machines[`sync${size}`];
    const workflow = create();
    const times = Math.round(2_000_000 / size);
    const byHand = handSwitch(tasks, false);
    const result = await race({
      orchestrate: runs(size, () => workflow.orchestrate(), 2_000_000),
      runSync: { operations: times * size, run: repeatNow(times, () => workflow.runSync()) },
      byHand: { operations: times * size, run: repeatNow(times, byHand) },
    });
    const cells = [result.orchestrate, result.runSync, result.byHand].map((time) => time.toFixed(2).padStart(13));
    say(`  ${`${size} states`.padEnd(36)}${cells.join("")}`);
    if (size !== 64) continue;
    sayGoal("orchestrate at 64 states", result.orchestrate, 7, "ns");
    sayGoal("runSync at 64 states", result.runSync, 3, "ns");
  }
}

async function benchMixed(machines) {
  say("\nmixed, every other task synchronous, ns a transition");
  for (const size of [10, 100, 1_000]) {
    const workflow = machines[`mixed${size}`].create();
    const { mixed } = await race({ mixed: runs(size, () => workflow.orchestrate()) });
    say(`  ${`${size} states`.padEnd(20)} ${mixed.toFixed(1).padStart(10)}`);
  }
}

async function benchFeatures(machines) {
  const { signal } = new AbortController();
  const observers = [{ retry: () => undefined }];
  // What is paid once for a run and what for each transition, from machines of two sizes.
  const times = await race(
    Object.fromEntries(
      [10, 100].flatMap((size) => {
        const plain = machines[`async${size}`].create();
        const observed = machines[`async${size}`].create({ observers });
        return [
          [`plain${size}`, runs(size, () => plain.orchestrate())],
          [`observer${size}`, runs(size, () => observed.orchestrate())],
          [`signal${size}`, runs(size, () => plain.orchestrate({ signal }))],
        ];
      }),
    ),
    15,
  );
  say("\nwhat a feature adds to a run, and to a transition");
  const goals = { observer: 8, signal: 4 };
  for (const [name, goal] of Object.entries(goals)) {
    const small = (times[`${name}10`] - times.plain10) * 10;
    const large = (times[`${name}100`] - times.plain100) * 100;
    const each = (large - small) / 90;
    say(`  ${name} a run`.padEnd(64) + `${(small - each * 10).toFixed(0).padStart(9)} ns`);
    sayGoal(`${name} a transition`, each, goal, "ns");
  }
  const plain = machines["async10"].create();
  const retried = machines["retry10"].create();
  const timed = machines["timeout10"].create();
  const added = await race(
    {
      plain: runs(10, () => plain.orchestrate()),
      retry: runs(10, () => retried.orchestrate()),
      "attempt timeout": runs(10, () => timed.orchestrate()),
    },
    15,
  );
  sayGoal("retry a transition", added.retry - added.plain, 3, "ns");
  sayGoal("attempt timeout a transition", added["attempt timeout"] - added.plain, 100, "ns");
}

async function benchMemory(machines) {
  if (globalThis.gc === undefined) return say("\nbytes: not measured, run with --expose-gc");
  const workflow = machines["async100"].create();
  const bytes = await weigh({
    floor: { operations: 20_000, run: () => floor(20_000) },
    generated: runs(100, () => workflow.orchestrate(), 20_000),
  });
  say(`\nbytes a transition, 100 states: floor ${bytes.floor.toFixed(0)}, generated ${bytes.generated.toFixed(0)}`);
  sayGoal("against the floor", bytes.generated / bytes.floor, 1.05);
}
