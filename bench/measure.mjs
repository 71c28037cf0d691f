/** Measuring side by side: contestants take turns, round by round, and each is quoted by its median. */

/** The median of some numbers. */
export function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

// What is run for the first time is compiled meanwhile, in another thread: of a large function for a fifth of a second.
const WARM_UP = 500e6;

/** Nanoseconds an operation, by contestant: `{ name: { operations, run } }`, where `run` performs so many operations. */
export async function race(contestants, rounds = 11) {
  const times = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (const contestant of Object.values(contestants)) {
    for (let spent = 0; spent < WARM_UP;) spent += await nanoseconds(contestant);
  }
  for (let round = 0; round < rounds; round++) {
    for (const [name, contestant] of Object.entries(contestants))
      times[name].push((await nanoseconds(contestant)) / contestant.operations);
  }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, median(list)]));
}

async function nanoseconds({ run }) {
  const start = process.hrtime.bigint();
  const pending = run();
  if (pending instanceof Promise) await pending;
  return Number(process.hrtime.bigint() - start);
}

/** The same, with the processor time of the process beside the time: `{ time, cpu }`. */
export async function raceBoth(contestants, rounds = 7) {
  const kept = Object.fromEntries(Object.keys(contestants).map((name) => [name, { time: [], cpu: [] }]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, { operations, run }] of Object.entries(contestants)) {
      const before = process.cpuUsage();
      const start = process.hrtime.bigint();
      await run();
      const time = Number(process.hrtime.bigint() - start);
      const { user, system } = process.cpuUsage(before);
      // The first round warms up.
      if (round < 0) continue;
      kept[name].time.push(time / operations);
      kept[name].cpu.push(((user + system) * 1_000) / operations);
    }
  }
  return Object.fromEntries(
    Object.entries(kept).map(([name, { time, cpu }]) => [name, { time: median(time), cpu: median(cpu) }]),
  );
}

/** Bytes an operation, by contestant, as the heap grows without a collection in between; needs `--expose-gc`. */
export async function weigh(contestants, rounds = 5) {
  const sizes = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    for (const [name, { operations, run }] of Object.entries(contestants)) {
      globalThis.gc();
      const before = process.memoryUsage().heapUsed;
      const pending = run();
      if (pending instanceof Promise) await pending;
      const each = (process.memoryUsage().heapUsed - before) / operations;
      if (round >= 0) sizes[name].push(each);
    }
  }
  return Object.fromEntries(Object.entries(sizes).map(([name, list]) => [name, median(list)]));
}

const lines = [];

/** Prints a line and keeps it for the record. */
export function say(line = "") {
  lines.push(line);
  console.log(line);
}

/** Everything that was said. */
export function record() {
  return lines.join("\n");
}

/** Says how a figure stands to its goal. */
export function sayGoal(what, value, goal, unit = "x", atLeast = false) {
  const met = atLeast ? value >= goal : value <= goal;
  const shown = Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(2);
  say(
    `  ${what.padEnd(62)} ${shown.padStart(8)} ${unit.padEnd(3)} goal ${atLeast ? ">=" : "<="} ${goal}: ${met ? "met" : "MISSED"}`,
  );
}
