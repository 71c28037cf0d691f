/** A run with timeouts of an hour, in a process that has nothing else to do afterwards. Started by `exit.test.ts`. */

import { loadMachines } from "../../bench/machines.mjs";

const source = `
import { type Context, type Task, workflow } from "cano";
export enum Brief { Ask = "ask", Done = "done" }
class Ask implements Task<Brief> {
  readonly config = { attemptTimeout: 3_600_000, hedge: { after: 1_800_000 } };
  async run(_: unknown, { sleep }: Context) { await sleep(5); return Brief.Done; }
}
export const chain = workflow({ states: Brief, initial: Brief.Ask, exits: [Brief.Done], tasks: { [Brief.Ask]: Ask }, totalTimeout: 7_200_000 });
`;

const { brief } = await loadMachines({ brief: source }, "brief");
const { state } = await brief.create().orchestrate();
console.log(state);
