/** What others see of a run and how they end it: the observers' events, a signal, a budget. A run that nobody watches has none. */

import { CanoError, type ErrorFacts, isCanoError } from "../errors/cano-error.js";
import type { AnyRun } from "./any-run.js";
import { isDraining, isInFlight } from "./in-flight.js";
import type { Scope } from "./scope.js";
import { type EndFacts, type Named, taskFacts } from "./task-name.js";
import { type Notice, Teller } from "./teller.js";

/** How a run is ended from outside. */
export interface Interruption {
  readonly category: "cancelled" | "workflow_timeout";
  /** What follows the workflow's name in the error's message. */
  readonly message: string;
  readonly facts: ErrorFacts;
  /** The event that is told last. */
  readonly last: (error: CanoError) => Notice;
  /** Whether an observer is told everything before the next one hears anything. */
  readonly together: boolean;
}

/** See the file's first line. */
export class Watch extends Teller {
  /** The state that is running or about to be entered. */
  private at: number;
  private entered = false;
  /** The state whose task has started and not ended, or -1. */
  private open = -1;
  /** When it has, where anybody is told. */
  private opened = 0;
  /** The attempt of it that was begun last. */
  attempts = 1;
  private readonly started: number;
  private isOver = false;
  private hasEnded = false;
  /** The end that waits for what is in flight, and its error. */
  private leaving: { readonly why: Interruption; readonly error: CanoError; readonly isOutlasted: boolean } | undefined =
    undefined;
  /** Whether what is in flight must come to an end of its own, however long that takes: its effect would be lost. */
  private isShielded = false;

  constructor(
    run: AnyRun,
    /** Called when the run is ended from outside, in or before state `s`. */
    private readonly onStop: ((error: CanoError, s: number) => void) | undefined,
  ) {
    super(run);
    this.at = run.start;
    this.started = this.heard.hooks.runEnd ? this.now() : 0;
  }

  /** The state that is running or about to be entered. */
  get state(): number {
    return this.at;
  }

  /** Takes note of entering state `s`, whose task begins at once: see {@link arrive} and {@link begin}. */
  enter(s: number): void {
    this.arrive(s);
    this.begin(s);
  }

  /** Takes note of entering state `s`: the task before has succeeded; throws when the run was stopped. */
  arrive(s: number): void {
    const { run, heard } = this;
    // A dispatcher that was given up comes late: the run has ended where it was.
    if (run.stopped !== undefined) throw run.stopped;
    const before = this.open;
    this.at = s;
    this.entered = false;
    this.open = -1;
    // Its signal is not to fire any more: what follows may take no context that would stand in its place, or is yet to be stored.
    run.active?.end();
    run.active = undefined;
    if (before >= 0 && heard.hooks.taskSuccess) this.tell(before, ["taskSuccess", this.endFacts(before)]);
    // What was in flight ended well after all: the run ends here, unless it has just come to its end.
    if (this.leaving?.isOutlasted !== true || run.graphState(s).kind !== "exit") this.leave();
    if (run.stopped !== undefined) throw run.stopped;
    this.entered = true;
    this.visit++;
    if (heard.hooks.stateEnter) this.tell(s, ["stateEnter", {}]);
    // Who is told may have ended the run.
    if (run.stopped !== undefined) throw run.stopped;
  }

  /** Takes note of reaching exit `s`. A cancel that comes before the caller hears of it is too late: it would undo what the caller is told has been done. */
  exit(s: number): void {
    this.arrive(s);
    this.finish();
  }

  /** Takes note that the task of state `s` begins. */
  begin(s: number): void {
    const { heard, run } = this;
    if (heard.tasks[s] === undefined) return;
    this.open = s;
    this.attempts = 1;
    if (heard.times) this.opened = this.now();
    if (heard.hooks.taskStart) this.tell(s, ["taskStart", taskFacts(run, s, 1)]);
    if (run.stopped !== undefined) throw run.stopped;
  }

  /** Takes note that another attempt of what `scope` does in state `s` begins: its `number`-th, which is not the first. Throws when it was stopped. */
  attempt(scope: Scope & Named, s: number, number: number): void {
    if (scope === this.run) this.attempts = number;
    if (this.heard.hooks.attempt) this.tell(s, ["attempt", taskFacts(scope, s, number)]);
    if (scope.stopped !== undefined) throw scope.stopped;
  }

  /** Takes note that a step of state `s` has ended: the next one begins, unless it was the last. */
  step(s: number, done: boolean): void {
    if (this.heard.hooks.step) this.tell(s, ["step", taskFacts(this.run, s, this.attempts, { done })]);
    if (!done) this.attempts = 1;
  }

  /** The task in flight, if one is, has failed with `error`. */
  failed(error: unknown): void {
    this.tell(this.at, ...this.openFailure(error));
    const { leaving } = this;
    if (leaving !== undefined && leaving.error === error) this.tell(this.at, leaving.why.last(leaving.error));
  }

  /** What comes of `drive`, which drives the run. */
  drive<T>(drive: () => T): T {
    return this.inside("aroundRun", this.at, {}, drive);
  }

  /** What comes of `call`, which makes the attempt `number` of what `scope` does in state `s`. */
  call<T>(scope: Named, s: number, number: number, call: () => T): T {
    return this.heard.hooks.aroundTask ? this.inside("aroundTask", s, taskFacts(scope, s, number), call) : call();
  }

  /** Tells that the run begins. */
  begun(): void {
    const { resumedAfter, trace, home } = this.run;
    if (this.heard.hooks.runStart)
      this.tell(this.at, ["runStart", { resumed: resumedAfter !== undefined, version: home.version, trace }]);
  }

  /** Tells, the first time that it is called, that the run has ended: with `error`, which its caller gets, or well. */
  ended(error?: unknown): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.finish();
    if (this.heard.hooks.runEnd) {
      const outcome = error === undefined ? "completed" : isCanoError(error, "cancelled") ? "cancelled" : "failed";
      this.tell(this.at, ["runEnd", { outcome, error, elapsed: this.now() - this.started }]);
    }
    // What was given up may still come to something.
    this.isSilent = true;
  }

  /** Until {@link unshield}, an end from outside waits for what is in flight, which is not told. */
  shield(): void {
    this.isShielded = true;
  }

  unshield(): void {
    this.isShielded = false;
  }

  /** Takes note that the run ends by itself: nothing from outside ends it any more. */
  finish(): void {
    this.isOver = true;
  }

  /** Ends the run from outside, with an error of its own. What drains by itself is awaited first. */
  interrupt(why: Interruption): void {
    const { run, leaving } = this;
    // A cancel is told even when it comes while a run that is out of time is being drained.
    const comesLate = leaving?.why.category === "cancelled";
    if (run.stopped !== undefined || comesLate || this.isOver) return;
    if (!this.isShielded && !isDraining(run.active)) return this.stop(why);
    const error = this.errorOf(why);
    // Out of time, it may still reach an exit right behind it, late: what it has done would have to be undone else.
    this.leaving = { why, error, isOutlasted: this.isShielded && why.category === "workflow_timeout" };
    if (isDraining(run.active)) run.active.drain(error, () => this.leave());
  }

  /** Ends the run now if it is to be ended. */
  leave(): void {
    const { leaving } = this;
    this.leaving = undefined;
    if (leaving !== undefined) this.stop(leaving.why);
  }

  /** Ends the run at once, whatever is in flight, with the error that `why` makes: it is not this process's any more. Does nothing once it has ended. */
  abandon(why: () => CanoError): void {
    const { run, at } = this;
    if (run.stopped !== undefined || this.isOver) return;
    this.leaving = undefined;
    // Who is told, or stops by it, may end the run, too: the first end counts.
    this.finish();
    const error = why();
    this.tell(at, ...this.endings(error));
    run.stop(error);
    this.onStop?.(error, at);
  }

  /** What is in flight has failed with the run's error, then the last event is told, then everything is stopped. */
  private stop(why: Interruption): void {
    const { run, at } = this;
    this.finish();
    const error = this.errorOf(why);
    const endings = this.endings(error);
    if (why.together) endings.push(why.last(error));
    this.tell(at, ...endings);
    if (!why.together) this.tell(at, why.last(error));
    run.stop(error);
    this.onStop?.(error, at);
  }

  private endings(error: CanoError): Notice[] {
    const { active } = this.run;
    return [...this.openFailure(error), ...(isInFlight(active) ? active.endings(error) : [])];
  }

  private errorOf({ category, message, facts }: Interruption): CanoError {
    const { run, at } = this;
    const path = run.path(at);
    if (!this.entered) path.pop();
    const name = run.home.graph.name;
    return new CanoError(category, `workflow \`${name}\` ${message}`, { ...facts, state: run.label(at), attempt: 0, path });
  }

  private openFailure(error: unknown): Notice[] {
    const before = this.open;
    this.open = -1;
    return before < 0 ? [] : [["taskFailure", { ...this.endFacts(before), error }]];
  }

  private endFacts(s: number): EndFacts {
    return taskFacts(this.run, s, this.attempts, { elapsed: this.heard.times ? this.now() - this.opened : 0 });
  }
}
