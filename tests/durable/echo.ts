/** A machine that ends with the input of its run. */

import type { Context } from "cano";
import type { DurableStep } from "./machine.js";

/** Its tasks. */
export const ECHO: Readonly<Record<string, DurableStep>> = {
  echo: { run: async (_: unknown, { input }: Context<unknown>) => ["done", input] },
};
