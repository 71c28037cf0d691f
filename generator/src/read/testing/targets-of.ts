/** Reads in tests where a method goes next, in a program around it. */

import { type createReader, showTarget } from "./read-program.js";

/** One program: a task class in state A of a machine over A, B, C, D; B to D are exits. `binding` is what is bound to A instead of the class. */
export function programOf(members: string, around = "", binding = "Work"): string {
  return `
import { type Awaitable, type Context, type Next, type To, to, workflow } from "cano";
export enum S { A = "a", B = "b", C = "c", D = "d" }
enum Other { B = "b" }
declare const cond: boolean;
declare function load(): Promise<{ ok: boolean; state: S; text: string; anything: any }>;
${around}
class Work {
${members}
}
export const flow = workflow({ states: S, initial: S.A, exits: [S.B, S.C, S.D], tasks: { [S.A]: ${binding} } });
`;
}

/** What was read of the class's method. */
export interface TargetsRead {
  readonly targets: readonly string[];
  readonly exact: boolean;
  readonly errors: readonly string[];
}

/** Makes a reader of such programs; more files may stand beside them, and something else may be bound. */
export function createTargetReader(
  read: ReturnType<typeof createReader>,
): (members: string, around?: string, others?: Readonly<Record<string, string>>, binding?: string) => TargetsRead {
  return (members, around, others, binding) => {
    const { readings, diagnostics } = read({ "flow.ts": programOf(members, around, binding), ...others });
    const [reading] = readings;
    const [first] = reading?.bindings ?? [];
    const method = first?.kind === "task" ? first.task.method : undefined;
    return {
      targets: reading && method ? method.targets.map((target) => showTarget(reading, target)) : ["nothing read"],
      exact: method?.exact ?? false,
      errors: diagnostics.map(({ code, message }) => `${code} ${message}`),
    };
  };
}

/** What is told of states that come though the compiler's type leaves them out. */
export function without(...names: readonly string[]): string {
  return `?the compiler leaves ${names.map((name) => `\`${name}\``).join(", ")} out of the type of what is returned`;
}
