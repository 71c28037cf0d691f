/** The generated dispatcher against two libraries for state machines, apart from all else: what is run in a race with them, or after it, takes longer. */

import { createMachine as createRobot, interpret, invoke, state, transition } from "robot3";
import { createActor, fromPromise, setup, waitFor } from "xstate";
import { chainSource, loadMachines, runs } from "./machines.mjs";
import { race, say, sayGoal } from "./measure.mjs";

const SIZES = [10, 64, 100];

/** Measures both and says what came of it. */
export async function benchLibraries() {
  const machines = await loadMachines(Object.fromEntries(SIZES.map((size) => [`async${size}`, chainSource(size, "async")])));
  for (const size of SIZES) {
    const { create, tasks } = machines[`async${size}`];
    const workflow = create();
    const against = async (run, transitions) => {
      const times = await race({
        generated: runs(size, () => workflow.orchestrate()),
        library: runs(size, run, transitions),
      });
      return times.library / times.generated;
    };
    const robot3 = await against(robot(tasks), 4_000);
    const xstate = await against(xstateActors(tasks), 1_000);
    say(`\n${size} states, asynchronous, in multiples of the generated dispatcher`);
    say(`  robot3               ${robot3.toFixed(2).padStart(10)}`);
    say(`  XState's actors      ${xstate.toFixed(2).padStart(10)}`);
    if (size !== 10) continue;
    sayGoal("robot3 against it", robot3, 15, "x", true);
    sayGoal("XState's actors against it", xstate, 300, "x", true);
  }
}

/** XState: every state invokes a promise actor. */
function xstateActors(tasks) {
  const states = Object.fromEntries(
    tasks.map((task, place) => [`s${place}`, { invoke: { src: `task${place}`, onDone: `s${place + 1}` } }]),
  );
  states[`s${tasks.length}`] = { type: "final" };
  const actors = Object.fromEntries(tasks.map((task, place) => [`task${place}`, fromPromise(() => task.run())]));
  const machine = setup({ actors }).createMachine({ initial: "s0", states });
  return async () => {
    const actor = createActor(machine);
    actor.start();
    await waitFor(actor, ({ status }) => status === "done");
  };
}

/** robot3: every state invokes a promise. */
function robot(tasks) {
  const states = Object.fromEntries(
    tasks.map((task, place) => [`s${place}`, invoke(() => task.run(), transition("done", `s${place + 1}`))]),
  );
  const machine = createRobot("s0", { ...states, [`s${tasks.length}`]: state() });
  return () =>
    new Promise((resolve) => {
      const service = interpret(machine, () => {
        if (service.machine.current === `s${tasks.length}`) resolve();
      });
    });
}
