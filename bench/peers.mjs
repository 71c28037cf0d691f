/** What the dispatcher is measured against: the floor, code written by hand, a naive interpreter, and two libraries. */

import { createMachine as createRobot, interpret, invoke, state, transition } from "robot3";
import { createActor, fromPromise, setup, waitFor } from "xstate";

/** `await` of a fresh promise from an asynchronous call: less than that no asynchronous transition can cost. */
export async function floor(times) {
  const call = async () => "next";
  let next;
  for (let i = 0; i < times; i++) next = await call();
  return next;
}

/** The tasks one after the other, each awaited, as one would write it for one machine: no states, no checks. */
export function straightLine(tasks) {
  const names = tasks.map((_, place) => `t${place}`);
  const body = names.map((name) => `r = await ${name}.run();`).join("\n");
  return new Function(
    "tasks",
    `const [${names.join(", ")}] = tasks; return async function straight() { let r; ${body} return r; };`,
  )(tasks);
}

/** A loop around a switch on the state, written by hand. */
export function handSwitch(tasks, asynchronous) {
  const cases = tasks
    .map((_, place) => `case "s${place}": state = ${asynchronous ? "await " : ""}tasks[${place}].run(); break;`)
    .join("\n");
  const code = `return ${asynchronous ? "async " : ""}function run() { let state = "s0"; for (;;) switch (state) { ${cases} default: return { state }; } };`;
  return new Function("tasks", code)(tasks);
}

/** A map of handlers, a closure around each attempt, a try and a log of the path: how such engines are often begun. */
export function mapInterpreter(tasks) {
  const handlers = new Map(tasks.map((task, place) => [`s${place}`, task]));
  const attempt = async (body, retries) => {
    for (let failed = 0; ; failed++) {
      try {
        return await body();
      } catch (error) {
        if (failed >= retries) throw error;
      }
    }
  };
  return async () => {
    const path = [];
    let current = "s0";
    for (;;) {
      path.push(current);
      const handler = handlers.get(current);
      if (handler === undefined) return { state: current, path };
      current = await attempt(() => handler.run(), 0);
    }
  };
}

/** XState: every state invokes a promise actor. */
export function xstateActors(tasks) {
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
export function robot(tasks) {
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
