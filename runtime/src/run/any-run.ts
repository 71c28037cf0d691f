/** One run in progress: where it is, how it came there, what stops it. `run.ts` adds the types of one workflow. */

import type { GraphState } from "../graph.js";
import { notify, type Notice } from "../observe/notify.js";
import type { CanoError } from "./errors.js";
import type { Home } from "./home.js";
import { Scope } from "./scope.js";
import { Trail } from "./trail.js";

/** What is in flight and can say how its tasks ended when the run is stopped. */
export interface InFlight extends Scope {
  endings(error: CanoError): readonly Notice[];
}

/** A run of any workflow. */
export class AnyRun extends Scope {
  /** Whether anybody is told of this run or may stop it. False for a run without signal, budget and observers: it skips `enter`. */
  watched = false;
  /** Told when the run is stopped from outside. */
  onStop: ((error: CanoError) => void) | undefined = undefined;
  /** The state that is running or about to be entered; kept for watched runs only. */
  at: number;
  /** Whether `at` was entered. */
  private entered = false;
  /** The state whose task has started and not ended, or -1. */
  private open = -1;
  private trail: Trail | undefined = undefined;
  private given: string | undefined;

  constructor(
    readonly home: Home,
    /** What was handed to the state that is entered next. */
    public input: unknown,
    private readonly start: number,
    id: string | undefined,
  ) {
    super(home.clock);
    this.at = start;
    this.given = id;
  }

  get run(): this {
    return this;
  }

  get id(): string {
    return (this.given ??= crypto.randomUUID());
  }

  /** Takes note of entering state `s`: ends the task before, stops here when the run was stopped, and tells the observers. */
  enter(s: number): void {
    const before = this.open;
    this.at = s;
    this.entered = false;
    this.open = -1;
    if (before >= 0 && this.observed) notify(this.home, ["taskSuccess", this.taskEvent(before)]);
    if (this.stopped !== undefined) throw this.stopped;
    this.entered = true;
    if (this.observed) this.announce(s);
  }

  get observed(): boolean {
    return this.home.observers.length > 0;
  }

  /** Records a transition that does not lead to the next number. Returns `to`. */
  jump(from: number, to: number): number {
    this.trail ??= new Trail(this.start);
    this.trail.add(from, to);
    return to;
  }

  /** The state of number `s`, as the user's enum has it. */
  label(s: number): string | number {
    return this.home.states[s] ?? s;
  }

  /** The states entered so far, the last of them `s`. */
  path(s: number): (string | number)[] {
    return (this.trail?.expand(s) ?? Array.from({ length: s - this.start + 1 }, (_, i) => this.start + i)).map((at) =>
      this.label(at),
    );
  }

  /** How many states were entered before this visit to `s`. */
  visit(s: number): number {
    return this.trail?.count(s) ?? s - this.start;
  }

  /** The path at the moment of an interruption: without a state that was about to be entered. */
  interruptedPath(): (string | number)[] {
    const path = this.path(this.at);
    return this.entered ? path : path.slice(0, -1);
  }

  /** Ends the run from outside: what is in flight has failed with `error`, then `last` is told, then everything is stopped. */
  interrupt(error: CanoError, last: Notice, together: boolean): void {
    if (this.stopped !== undefined) return;
    const endings = this.endings(error);
    this.open = -1;
    if (together) notify(this.home, ...endings, last);
    else {
      notify(this.home, ...endings);
      notify(this.home, last);
    }
    this.stop(error);
  }

  override stop(error: CanoError): void {
    if (this.stopped !== undefined) return;
    super.stop(error);
    this.onStop?.(error);
  }

  /** The task in flight has failed with `error`. */
  taskFailed(error: unknown): void {
    const before = this.open;
    this.open = -1;
    if (before >= 0 && this.observed) notify(this.home, ["taskFailure", { ...this.taskEvent(before), error }]);
  }

  event(s: number): { workflow: string; runId: string; state: string | number } {
    return { workflow: this.home.graph.name, runId: this.id, state: this.label(s) };
  }

  /** How events call the task of state `s`. */
  taskName(s: number): string {
    const state = this.graphState(s);
    return "task" in state ? state.task : state.name;
  }

  graphState(s: number): GraphState {
    const state = this.home.graph.states[this.label(s)];
    if (state === undefined) throw new RangeError(`no state has the number ${s}`);
    return state;
  }

  private announce(s: number): void {
    notify(this.home, ["stateEnter", this.event(s)]);
    const state = this.graphState(s);
    if (state.kind !== "task" && state.kind !== "router") return;
    this.open = s;
    notify(this.home, ["taskStart", this.taskEvent(s)]);
  }

  private endings(error: CanoError): readonly Notice[] {
    if (this.open >= 0) return [["taskFailure", { ...this.taskEvent(this.open), error }]];
    return isInFlight(this.active) ? this.active.endings(error) : [];
  }

  private taskEvent(s: number): { workflow: string; runId: string; state: string | number; task: string } {
    return { ...this.event(s), task: this.taskName(s) };
  }
}

function isInFlight(scope: Scope | undefined): scope is InFlight {
  return scope !== undefined && "endings" in scope;
}
