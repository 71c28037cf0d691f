/** The spans of one run: of the run itself, of the state that it is in, of branches, of further attempts, of compensations. */

import type { Attributes, Context, Link, Tracer } from "@opentelemetry/api";
import type { RunEvent, TaskEnd, TaskEvent } from "../observe/observer.js";
import type { Current } from "./current-context.js";
import { OpenSpan } from "./open-span.js";

/** What something has failed with. */
interface Failure {
  readonly error: unknown;
}

/** Something that is attempted: its first attempt is a part of its own span, further ones have spans inside of it. */
interface Attempted {
  readonly span: OpenSpan;
  readonly began: number;
  attempt: OpenSpan | undefined;
}

/** See the file's first line. */
export class RunSpans implements Current {
  readonly root: OpenSpan;
  private state: Attempted | undefined = undefined;
  private compensation: Attempted | undefined = undefined;
  private readonly branches = new Map<number, Attempted>();

  constructor(
    private readonly tracer: Tracer,
    event: RunEvent,
    parent: Context,
    links: Link[],
  ) {
    const { workflow, runId, at } = event;
    const attributes = { "cano.workflow": workflow, "cano.run_id": runId };
    this.root = new OpenSpan({ tracer, name: `run ${workflow}`, parent, at, attributes, links });
  }

  /** The context of what the run is at. */
  get context(): Context {
    return this.innermost.context;
  }

  /** The context of what `event` is about. */
  contextOf(event: TaskEvent): Context {
    const attempted = this.find(event);
    return (attempted === undefined ? this.innermost : innermostOf(attempted)).context;
  }

  enterState(event: RunEvent): void {
    const { state, kind, visit, at } = event;
    this.leaveState(at);
    if (kind === "exit") return;
    const attributes = { "cano.state": String(state), "cano.kind": kind, "cano.visit": visit };
    this.state = this.begin(`state ${state}`, this.root.context, at, attributes);
  }

  startTask({ task, branch, at }: TaskEvent): void {
    const { state } = this;
    state?.span.set(branch === undefined ? { "cano.task": task } : {});
    if (state === undefined || branch === undefined) return;
    this.branches.set(branch, this.begin(`branch ${task}`, state.span.context, at, { "cano.task": task, "cano.branch": branch }));
  }

  startCompensation({ task, state, at }: TaskEvent): void {
    this.leaveState(at);
    const attributes = { "cano.task": task, "cano.state": String(state) };
    this.compensation = this.begin(`compensate ${task}`, this.root.context, at, attributes);
  }

  /** Another attempt begins, in a span of its own. */
  startAttempt(event: TaskEvent): void {
    const attempted = this.find(event);
    if (attempted === undefined) return;
    const { attempt, at } = event;
    const { context: parent } = attempted.span;
    const attributes = { "cano.attempt": attempt };
    attempted.attempt = new OpenSpan({ tracer: this.tracer, name: `attempt ${attempt}`, parent, at, attributes });
  }

  /** The attempt in progress has failed, and another follows. */
  failAttempt(event: TaskEvent & { readonly error: unknown; readonly delay: number }): void {
    const attempted = this.find(event);
    if (attempted === undefined) return;
    const { error, at, attempt, delay } = event;
    if (attempted.attempt === undefined) attempted.span.noteError(error, at);
    attempted.attempt?.fail(error, at);
    attempted.attempt = undefined;
    attempted.span.note("retry", at, { "cano.attempt": attempt, "cano.delay": delay });
  }

  /** A step has ended well, and with it the attempt in progress: the first one of the next step is a part of the state's own span again. */
  endStep(event: TaskEvent): void {
    const attempted = this.find(event);
    if (attempted !== undefined) this.endAttempt(attempted, undefined, event.at);
  }

  /** The split of the state is over, and not joined: it has failed. With what is told when the run ends, which is too late where that is undone before. */
  failSplit({ state }: RunEvent, type: string, message: string): void {
    const span = this.state?.span;
    // A split that the run comes to too late is not entered: the span is that of the state before, which has done well.
    if (span?.begun.attributes["cano.state"] === String(state)) span.markFailed(type, message);
  }

  /** The task, or the branch, has ended: with `failure`, or well. That of a state ends with the state. */
  endTask(event: TaskEnd, failure: Failure | undefined, attributes: Attributes = {}): void {
    const attempted = this.find(event);
    if (attempted === undefined) return;
    const { branch, attempt, elapsed, at } = event;
    // A branch is told of when its split is over.
    const end = branch === undefined ? at : attempted.began + elapsed;
    attempted.span.set({ "cano.attempts": attempt, ...attributes });
    if (branch === undefined && failure === undefined) return this.endAttempt(attempted, undefined, end);
    this.finish(attempted, failure, end);
    if (branch === undefined) this.state = undefined;
    else this.branches.delete(branch);
  }

  endCompensation({ at, attempt }: TaskEvent, failure: Failure | undefined): void {
    const { compensation } = this;
    this.compensation = undefined;
    if (compensation === undefined) return;
    compensation.span.set({ "cano.attempts": attempt });
    this.finish(compensation, failure, at);
  }

  /** Notes that something has happened to what `event` is about. */
  note(name: string, event: RunEvent | TaskEvent, attributes: Attributes): void {
    const about = "task" in event ? this.find(event) : undefined;
    (about === undefined ? this.innermost : innermostOf(about)).note(name, event.at, attributes);
  }

  /** Ends whatever is not over. */
  end({ at }: RunEvent, failure: Failure | undefined): void {
    // A state that is still open is where it has failed.
    this.leaveState(at, failure);
    if (this.compensation !== undefined) this.finish(this.compensation, failure, at);
    this.compensation = undefined;
    if (failure === undefined) this.root.end(at);
    else this.root.fail(failure.error, at);
  }

  private begin(name: string, parent: Context, at: number, attributes: Attributes): Attempted {
    return { span: new OpenSpan({ tracer: this.tracer, name, parent, at, attributes }), began: at, attempt: undefined };
  }

  private leaveState(at: number, failure?: Failure): void {
    for (const branch of this.branches.values()) this.finish(branch, undefined, at);
    this.branches.clear();
    if (this.state !== undefined) this.finish(this.state, failure, at);
    this.state = undefined;
  }

  private finish(attempted: Attempted, failure: Failure | undefined, at: number): void {
    this.endAttempt(attempted, failure, at);
    if (failure === undefined) attempted.span.end(at);
    else attempted.span.fail(failure.error, at);
  }

  private endAttempt(attempted: Attempted, failure: Failure | undefined, at: number): void {
    if (failure === undefined) attempted.attempt?.end(at);
    else attempted.attempt?.fail(failure.error, at);
    attempted.attempt = undefined;
  }

  private find({ branch }: TaskEvent): Attempted | undefined {
    return branch === undefined ? (this.compensation ?? this.state) : this.branches.get(branch);
  }

  private get innermost(): OpenSpan {
    const at = this.compensation ?? this.state;
    return at === undefined ? this.root : innermostOf(at);
  }
}

function innermostOf({ span, attempt }: Attempted): OpenSpan {
  return attempt ?? span;
}
