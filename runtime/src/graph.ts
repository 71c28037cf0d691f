/** The graph that a generated module exports: what tools draw and what the runtime takes its names from. */

type State = string | number;

/** One state of a {@link Graph}. */
export type GraphState<S extends State = State> =
  | {
      readonly kind: "task" | "router" | "compensatable" | "poll" | "timer" | "batch" | "stepped" | "stream";
      /** The state's name in its enum. */
      readonly name: string;
      /** The task's class. */
      readonly task: string;
      readonly targets: readonly S[];
    }
  | {
      readonly kind: "split";
      readonly name: string;
      /** The branches' classes; empty when a function computes them. */
      readonly branches: readonly string[];
      readonly targets: readonly S[];
    }
  | { readonly kind: "exit"; readonly name: string };

/** A workflow as data, every state with its kind and its targets. */
export interface Graph<S extends State = State> {
  readonly name: string;
  readonly initial: readonly S[];
  readonly states: { readonly [K in S]: GraphState<S> };
}
