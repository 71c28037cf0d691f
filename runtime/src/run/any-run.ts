/** One run in progress: where it is and how it came there. `run.ts` adds the types of one workflow, `watch.ts` what others see of it. */

import type { GraphState } from "../graph.js";
import type { RunTrace } from "../observe/observer.js";
import type { Home } from "./home.js";
import { Scope } from "./scope.js";
import { DROPPED_NUMBERS, expandTrail, MOST_NUMBERS, type Trail } from "./trail.js";
import type { VisitLog } from "./visit-log.js";
import type { Watch } from "./watch.js";

/** A run of any workflow. */
export class AnyRun extends Scope implements Trail {
  /** Who is told of this run or may stop it; undefined for a run without signal, budget and observers. */
  watch: Watch | undefined = undefined;
  /** What is stored of the visit that the run is in; undefined for a run that is not stored. */
  declare readonly visitLog?: VisitLog;
  /** How many states it had entered before the one in which it was resumed, as far as that is known; undefined for a run that was not. */
  declare readonly resumedAfter?: number;
  /** What is stored with it, for who goes on with its trace; undefined for a run that is not stored. */
  declare trace?: RunTrace;
  /** The attempt that has failed last: for the error with which the run ends. Undefined where that can only be the first. */
  declare attempt?: number | undefined;
  /** How many numbers were dropped from `jumps`. */
  forgotten = 0;
  private way: number[] | undefined = undefined;

  constructor(
    home: Home,
    readonly resources: unknown,
    /** What was handed to the state that is entered next. */
    public input: unknown,
    public start: number,
    private given: string | undefined,
  ) {
    super(home);
  }

  get run(): this {
    return this;
  }

  get id(): string {
    return (this.given ??= crypto.randomUUID());
  }

  /** Made at the first jump: a straight run has none. */
  get jumps(): number[] {
    return (this.way ??= []);
  }

  /** Records a transition that does not lead to the next number. Returns `to`. */
  jump(from: number, to: number): number {
    if (this.jumps.push(from, to) > MOST_NUMBERS) {
      this.start = this.jumps.splice(0, DROPPED_NUMBERS).at(-1) ?? 0;
      this.forgotten += DROPPED_NUMBERS;
    }
    return to;
  }

  /** Hands `input` to state `_s`. */
  hand(_s: number, input: unknown): void {
    this.input = input;
  }

  /** The state of number `s`, as the user's enum has it. */
  label(s: number): string | number {
    return this.home.states[s] ?? s;
  }

  /** The states entered so far, the last of them `s`. */
  path(s: number): (string | number)[] {
    return expandTrail(this, s).map((at) => this.label(at));
  }

  graphState(s: number): GraphState {
    return this.home.graph.states[this.label(s)] ?? { kind: "exit", name: `number ${s}` };
  }
}
