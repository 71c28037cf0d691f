/** Tells in tests how what one state hands over fits what another takes. */

import type { Fit } from "../data-reading.js";
import type { TextSetting } from "./open-texts.js";
import { createReader } from "./read-program.js";

/** What every program of such a test begins with. */
export const HEAD = `
import { type Context, type To, to, workflow } from "cano";
export enum S { A = "a", B = "b", C = "c" }
declare const cond: boolean;
`;

/** What state A hands to state B. */
export interface ReadFit {
  readonly misfit: Extract<Fit, { kind: "misfit" }> | undefined;
  /** The source text that does not fit. */
  readonly misfitting: string;
  /** Whether anything is handed over. */
  readonly hands: boolean;
}

/** Makes readers of what state A sends with the statements `send`, in a method declared as `run`, and what state B takes. */
export function createFitReader(flags: TextSetting["flags"]) {
  const read = createReader({ flags: { ...flags } });

  function readFit(send: string, taken: string, around = "", run = "async run()"): ReadFit {
    const source = `${HEAD}${around}
class Send { ${run} { ${send} } }
class Take { async run(_: {}, { input }: Context<${taken}>) { void input; return S.C; } }
export const flow = workflow({ states: S, initial: S.A, exits: [S.C], tasks: { [S.A]: Send, [S.B]: Take } });`;
    const { readings, diagnostics, at } = read({ "flow.ts": source });
    if (diagnostics.length > 0) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
    const [binding] = readings[0]?.bindings ?? [];
    const targets = binding?.kind === "task" ? (binding.task.method?.targets ?? []) : [];
    const carried = targets.flatMap(({ carries }) => (carries.kind === "input" ? [carries] : []));
    const [found] = carried.flatMap(({ span, fit }) => (fit.kind === "misfit" ? [{ span, fit }] : []));
    return { misfit: found?.fit, misfitting: found ? at(found.span) : "", hands: carried.length > 0 };
  }

  /** The same in a line. */
  function fitOf(...parameters: Parameters<typeof readFit>): string {
    const { misfit, misfitting, hands } = readFit(...parameters);
    if (misfit === undefined) return hands ? "fits" : "bare";
    return `${misfit.path}: ${misfit.sent} -> ${misfit.taken} at ${misfitting}`;
  }

  return { read, readFit, fitOf };
}
