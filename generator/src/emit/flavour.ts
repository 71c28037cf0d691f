/**
 * The three flavours of generated dispatchers: one whose runs leave nothing behind, one whose effects can be undone, and one whose runs are
 * stored. What differs is how states are entered, attempted and left; it stands here and nowhere else.
 */

import type { Machine, Node, TaskNode } from "../model/machine.js";
import type { Imports } from "./imports.js";

/** See the file's first lines. */
export interface Flavour {
  readonly kind: "plain" | "saga" | "durable";
  /** What a dispatcher looks up once for all its states. */
  readonly outset: readonly string[];
  /** The statements that enter the state `number`. */
  enter(number: number): readonly string[];
  /** The beginning of the call by which the runtime makes the attempts of a task; empty where the dispatcher makes the first one. */
  attempts(node: TaskNode, number: number, policies: string): string;
  /** The beginning of the call that leaves the machine. */
  leave(): string;
  /** Whether a state that is entered without an input is told so: what an earlier one was handed must not be seen by it, nor stored. */
  tellsInput(node: Node): boolean;
  /** What a dispatcher does with what was thrown. */
  failure(): string;
  /** The runtime's type of a run. */
  readonly run: "Run" | "SagaRun" | "DurableRun";
}

/** The flavour of a machine. */
export function flavourOf(machine: Machine, imports: Imports): Flavour {
  if (machine.durable) return durable(imports);
  const undoes = machine.nodes.some(({ kind }) => kind === "compensatable");
  return undoes ? { ...plain(imports), kind: "saga", failure: () => undone(imports), run: "SagaRun" } : plain(imports);
}

function plain(imports: Imports): Flavour {
  return {
    kind: "plain",
    // Nobody begins to watch a run that is under way.
    outset: ["const { watch } = run;"],
    enter: (number) => [`watch?.enter(${number});`],
    attempts: ({ guarded }, number, policies) => (guarded === "apart" ? `${policies}.attempts(run, ${number}` : ""),
    leave: () => imports.use("exit"),
    tellsInput: seesInput,
    failure: () => `throw ${imports.use("fail")}(run, s, error);`,
    run: "Run",
  };
}

function durable(imports: Imports): Flavour {
  return {
    kind: "durable",
    outset: [],
    enter: (number) => [`await ${imports.use("enter")}(run, ${number});`, `${imports.use("proceed")}(run, ${number});`],
    attempts({ guarded, retry }, number, policies) {
      // Attempts are counted in the store, so none is made inline.
      if (guarded !== "no") return `${policies}.attempts(run, ${number}`;
      return retry ? `${imports.use("attempts")}(run, ${number}, ${policies}.retry` : "";
    },
    leave: () => `await ${imports.use("leave")}`,
    tellsInput: ({ kind }) => kind !== "exit",
    failure: () => undone(imports),
    run: "DurableRun",
  };
}

function undone(imports: Imports): string {
  return `throw await ${imports.use("undo")}(run, s, error);`;
}

// A split always looks at its input, a task if one of its methods, or its fallback, takes a context.
function seesInput(node: Node): boolean {
  return node.kind === "split" || (node.kind !== "exit" && (node.takesContext || node.takesInput));
}
