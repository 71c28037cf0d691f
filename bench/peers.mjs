/** What the dispatcher is measured against: the floor, code written by hand, and a naive interpreter. */

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
