import type { TaskConfig } from "cano";
import type { PlainStep } from "./step.js";

/** A task that does, call by call, what it is given: throws an error, else returns a value. */
export function scripted(config: TaskConfig, ...script: unknown[]): PlainStep & { calls: number } {
  return {
    config,
    calls: 0,
    async run() {
      const next = script[Math.min(this.calls++, script.length - 1)];
      if (next instanceof Error) throw next;
      return next;
    },
  };
}
