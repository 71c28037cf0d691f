/** A run that is stored: what is written to its log, and when. How the log is written is `journal.ts`, how it is read `rehydrate.ts`. */

import type { Driver } from "../checkpoint/checkpoint-store.js";
import { CanoError, isCanoError } from "../errors/cano-error.js";
import { textOf } from "../errors/thrown.js";
import { encodePayload } from "../payload/payload.js";
import { factsAt } from "../run/failure.js";
import type { Home } from "../run/home.js";
import { clockOf } from "../run/timers.js";
import { AnySagaRun, type Saga } from "../saga/any-saga-run.js";
import { type Entry, Journal } from "./journal.js";
import { recordError } from "./recorded-error.js";
import type { Rehydrated } from "./rehydrate.js";
import { markLost, type StoredUndo } from "./stored-undo.js";
import { NOTHING, type Recorder, Visit } from "./visit.js";

/** See the file's first line. */
export class AnyDurableRun extends AnySagaRun implements Driver, Recorder {
  override readonly visitLog: Visit = new Visit(this);
  declare resumedAfter?: number;
  private isCancelled = false;
  private journal: Journal | undefined = undefined;
  /** The sequence of the row of the state that is entered next, where it is there already. */
  private entered: number | undefined = undefined;
  private fault: CanoError | undefined = undefined;
  /** Whether its failure is stored already, so that all that is left is to undo it. */
  private hasFailed = false;
  /** Whether it ends as undone also where there is nothing to undo. */
  private isFinal = false;
  /** The states before the one in which it was resumed. */
  private passed: readonly (string | number)[] = [];
  /** The state in which it was stored, where the workflow has that no longer. */
  private unknown: string | undefined = undefined;

  constructor(
    home: Home,
    resources: unknown,
    input: unknown,
    start: number,
    id: string | undefined,
    saga: Saga,
    /** Whether the store forgets the run once it has reached an exit, or is undone. */
    private forgets: boolean,
  ) {
    super(home, resources, input, start, id, saga);
  }

  get visit(): number {
    return this.journal?.visit ?? 0;
  }

  /** Begins to write behind its first row. */
  open(journal: Journal): void {
    this.journal = journal;
    this.entered = journal.newest;
  }

  /** Goes on where it was stored, or with being undone: that it `hasFailed` is stored already then, or is yet to be. */
  reopen(
    journal: Journal,
    { state, label, input, done, path, recorded }: Rehydrated & { readonly input?: unknown },
    { hasFailed, isFinal } = { hasFailed: false, isFinal: false },
  ): void {
    this.open(journal);
    this.start = state;
    this.input = input;
    this.visitLog.begin(recorded);
    // One by one: as arguments of one call, very many would not fit on the stack.
    for (const undo of done) this.done.push(undo);
    this.hasFailed = hasFailed;
    this.isFinal = isFinal;
    this.unknown = state < 0 ? label : undefined;
    this.resumedAfter = path.length;
    this.passed = path.filter((before) => before.state >= 0).map((before) => this.label(before.state));
  }

  /** Has the store keep it when it has ended: who has fired it forgets it. */
  stay(): void {
    this.forgets = false;
  }

  /** Leaves the state in which it was stored for the one where it goes on, which is entered anew. */
  moveOn(): void {
    this.entered = undefined;
  }

  /** Ends the run from outside, as its signal would; one that is not watched yet once it is. */
  cancel(): void {
    this.isCancelled = true;
    this.watch?.interrupt({
      category: "cancelled",
      message: "was cancelled",
      facts: { code: "CANO7005" },
      last: (error) => ["cancelled", { error }],
      together: false,
    });
  }

  /** Stops the run: its store is closed, or somebody else goes on with it. One that is being undone is, up to where that has to be stored. */
  lose(error: CanoError): void {
    const { watch } = this;
    watch?.abandon(() => this.faultOf(watch.state, error, false));
  }

  /** To be called once the run is watched. */
  begin(): void {
    if (this.isCancelled) this.cancel();
  }

  /** A state that the workflow has no longer is called as it was stored. */
  override label(s: number): string | number {
    return s < 0 && this.unknown !== undefined ? this.unknown : super.label(s);
  }

  override path(s: number): (string | number)[] {
    return [...this.passed, ...super.path(s)];
  }

  override keep(s: number, output: unknown): void {
    super.keep(s, output);
    const undo = this.done.at(-1) as StoredUndo;
    undo.row = undefined;
    const leave = (text: string): void => this.journal?.leave({ text, written: (row) => (undo.row = row) });
    try {
      leave(this.encode(`what state \`${this.graphState(s).name}\` left to be undone`, output));
    } catch (cause) {
      // It is done, so it must not be done again; while this process lives, it can still be undone. Who comes after it must know that it was done.
      leave(markLost(textOf(cause)));
      const facts = { code: "CANO7014", ...factsAt(this, s, this.watch?.attempts ?? 1), cause };
      const error = Object.assign(new CanoError("task_execution", textOf(cause), facts), { retryable: false });
      // The run ends here: no further attempt is made, and no fallback stands in for what was done.
      this.watch?.failed(error);
      this.stop(error);
      throw error;
    }
  }

  /** Stores that state `s` is entered, unless that is done. */
  async recordEntry(s: number): Promise<void> {
    const known = this.entered;
    this.entered = undefined;
    if (known !== undefined) return this.tellCheckpoint(s, known);
    this.visitLog.begin(NOTHING);
    const payload =
      this.input === undefined ? undefined : this.encode(`the input of state \`${this.graphState(s).name}\``, this.input);
    await this.write(s, { kind: "entry", state: this.stored(s), payload });
  }

  /** Stores that the run has ended in the exit number `s`. */
  async recordExit(s: number, output: unknown): Promise<void> {
    const payload = output === undefined ? undefined : this.encode(`the output of exit \`${this.graphState(s).name}\``, output);
    this.watch?.finish();
    await this.write(s, { kind: "exit", state: this.stored(s), payload }, { status: "completed", forget: this.forgets });
  }

  async record(entry: Omit<Entry, "state">): Promise<void> {
    const s = this.watch?.state ?? this.start;
    await this.write(s, { ...entry, state: this.stored(s) });
  }

  override async recordFailure(s: number, error: CanoError): Promise<boolean> {
    if (this.hasFailed) return true;
    const isDone = this.done.length === 0 && !this.isFinal;
    const status = isDone ? (error.category === "cancelled" ? "cancelled" : "failed") : "compensating";
    await this.write(s, { kind: "failure", state: this.stored(s), payload: recordError(error) }, { status });
    return !isDone;
  }

  override async recordUndone({ state, row }: StoredUndo): Promise<void> {
    if (row !== undefined) await this.write(state, { kind: "compensated", state: this.stored(state), count: row });
  }

  override async recordEnd(s: number, error: CanoError, isClean: boolean): Promise<void> {
    const change = isClean ? ({ status: "compensated", forget: this.forgets } as const) : ({ status: "stuck" } as const);
    await this.write(s, { kind: "end", state: this.stored(s), payload: recordError(error) }, change);
  }

  override describeFault(error: CanoError, fault: unknown): CanoError {
    void this.journal?.release(this.home.log);
    // What failed first may be the very fault.
    if (error === fault) return error;
    const category = isCanoError(fault) ? fault.category : "checkpoint_store";
    const message = `${textOf(fault)}; the run had failed before: ${error.message}`;
    const cause = new AggregateError([error, fault], message, { cause: fault });
    const { state = this.label(this.start), path = [] } = error;
    return new CanoError(category, message, { code: "CANO7021", state, path, cause });
  }

  encode(what: string, value: unknown): string {
    return encodePayload(this.home, what, value);
  }

  epoch(): number {
    return clockOf(this.home).epoch();
  }

  private async write(s: number, entry: Entry, change?: Parameters<Journal["write"]>[1]): Promise<void> {
    // A run that was cancelled before it began has no log.
    if (this.journal === undefined) return;
    if (this.fault !== undefined) throw this.fault;
    const clears = change?.forget === true;
    let sequence: number;
    try {
      sequence = await this.journal.write(entry, change);
    } catch (fault) {
      const error = this.faultOf(s, fault, clears);
      // What comes of a run that is stopped is told no more: the task that was to be stored something of has its end here.
      this.watch?.failed(error);
      this.stop(error);
      throw error;
    }
    this.tellCheckpoint(s, sequence, clears);
  }

  /** Why the run, which nothing more can be stored of, is stopped: it neither goes on nor is it undone, here. */
  private faultOf(s: number, fault: unknown, clears: boolean): CanoError {
    if (this.fault !== undefined) return this.fault;
    this.watch?.tell(s, ["checkpointFailure", { clears, error: fault }]);
    const known = isCanoError(fault) ? fault : undefined;
    const facts = { code: "CANO7021", ...known, ...factsAt(this, s, 0), cause: fault };
    const message = known?.message ?? `the checkpoint store failed: ${textOf(fault)}`;
    return (this.fault = new CanoError(known?.category ?? "checkpoint_store", message, facts));
  }

  /** How state `s` is stored. */
  private stored(s: number): string {
    return String(this.label(s));
  }

  private tellCheckpoint(s: number, sequence: number, clears = false): void {
    if (this.watch?.heard.hooks.checkpoint === true) this.watch.tell(s, ["checkpoint", { sequence, clears }]);
  }
}
