/** Has a task called inside of the context of what its run is at then, in which it stays, also when it is given up. */

import { context } from "@opentelemetry/api";
import { currentOf } from "./current-context.js";

/** What is called in the place of `task`; everything else about it stays as it is. */
export function wrapTask<T extends object>(task: T): T {
  // Of an empty object, since a property that a frozen task has may not be another one; methods keep the task itself as their `this`.
  return new Proxy({} as T, {
    get(_, name) {
      const value: unknown = Reflect.get(task, name);
      if (typeof value !== "function") return value;
      const call = (...parameters: unknown[]): unknown => Reflect.apply(value, task, parameters);
      return name === "run" || name === "route"
        ? (...parameters: unknown[]) => context.with(currentOf(context.active()), call, undefined, ...parameters)
        : call;
    },
  });
}
