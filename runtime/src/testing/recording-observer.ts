/** An observer that keeps what it was told, for tests to look at. */

import type { Graph } from "../graph.js";
import type { EventOf, Hook } from "../observe/hooks.js";
import type { Observer } from "../observe/observer.js";

type State = string | number;

/** One event: the hook's name and the event. */
export type RecordedEvent = {
  [K in Hook]: { readonly hook: K } & EventOf<K>;
}[Hook];

/** An observer that keeps every event, for tests to look at: what a run has done, in order, and assertions about it. */
export class RecordingObserver implements Observer {
  private recorded: RecordedEvent[] = [];

  readonly runStart = this.recorder("runStart");
  readonly unknownResumeState = this.recorder("unknownResumeState");
  readonly resume = this.recorder("resume");
  readonly stateEnter = this.recorder("stateEnter");
  readonly checkpoint = this.recorder("checkpoint");
  readonly checkpointFailure = this.recorder("checkpointFailure");
  readonly taskStart = this.recorder("taskStart");
  readonly circuitOpen = this.recorder("circuitOpen");
  readonly hedge = this.recorder("hedge");
  readonly retry = this.recorder("retry");
  readonly attempt = this.recorder("attempt");
  readonly poll = this.recorder("poll");
  readonly step = this.recorder("step");
  readonly tolerated = this.recorder("tolerated");
  readonly progress = this.recorder("progress");
  readonly window = this.recorder("window");
  readonly fallback = this.recorder("fallback");
  readonly taskSuccess = this.recorder("taskSuccess");
  readonly taskFailure = this.recorder("taskFailure");
  readonly taskCancelled = this.recorder("taskCancelled");
  readonly join = this.recorder("join");
  readonly workflowTimeout = this.recorder("workflowTimeout");
  readonly cancelled = this.recorder("cancelled");
  readonly compensateStart = this.recorder("compensateStart");
  readonly compensateSuccess = this.recorder("compensateSuccess");
  readonly compensateFailure = this.recorder("compensateFailure");
  readonly drain = this.recorder("drain");
  readonly runEnd = this.recorder("runEnd");

  /** Everything so far. */
  events(): readonly RecordedEvent[] {
    return [...this.recorded];
  }

  /** The states entered so far, in order. */
  path(): readonly State[] {
    return this.recorded.flatMap((event) => (event.hook === "stateEnter" ? [event.state] : []));
  }

  /** One line an event, as golden traces have them: `taskStart charge ChargeCard`. */
  lines(): readonly string[] {
    return this.recorded.map(lineOf);
  }

  /** Everything so far, which is then forgotten. */
  take(): readonly RecordedEvent[] {
    const events = this.recorded;
    this.recorded = [];
    return events;
  }

  /** Forgets everything so far. */
  clear(): void {
    this.recorded = [];
  }

  /** Throws unless exactly `expected` was entered, in this order. */
  assertPath(expected: readonly State[]): void {
    const path = this.path();
    if (path.length === expected.length && path.every((state, at) => state === expected[at])) return;
    throw new Error(`expected the path ${expected.join(" -> ")}, but it was ${path.join(" -> ")}`);
  }

  /** Throws unless `state` was entered last. */
  assertCompletedWith(state: State): void {
    const last = this.path().at(-1);
    if (last !== state)
      throw new Error(`expected the run to end in ${state}, but it ended in ${last ?? "nothing: no state was entered"}`);
  }

  /** Those of `states` that were never entered, each once. */
  missing(states: readonly State[]): readonly State[] {
    const entered = new Set(this.path());
    return [...new Set(states)].filter((state) => !entered.has(state));
  }

  /** Throws unless every state of `graph` that has a task was entered; exits need not be. */
  assertCovered<S extends State>(graph: Graph<S>): void {
    const states = Object.entries<Graph["states"][State]>(graph.states).filter(([, { kind }]) => kind !== "exit");
    const entered = new Set(this.path().map(String));
    const missed = states.filter(([state]) => !entered.has(state)).map(([, { name }]) => name);
    if (missed.length > 0) throw new Error(`states of workflow ${graph.name} that were never entered: ${missed.join(", ")}`);
  }

  // The hook of an event is one member of `RecordedEvent` with it, which the compiler cannot follow through a parameter.
  private recorder(hook: Hook): (event: object) => void {
    return (event) => this.recorded.push({ hook, ...event } as RecordedEvent);
  }
}

// What is about one attempt of several.
const NUMBERED: ReadonlySet<string> = new Set(["retry", "attempt", "hedge"]);

function lineOf(event: RecordedEvent): string {
  const words: (string | number)[] = [event.hook, event.state];
  if ("task" in event) words.push(event.task);
  if ("sequence" in event) words.push(event.sequence);
  if ("attempt" in event && NUMBERED.has(event.hook)) words.push(`attempt ${event.attempt}`);
  return [...words, ...ownWords(event)].join(" ");
}

/** What an event tells that others do not. */
function ownWords(event: RecordedEvent): readonly string[] {
  switch (event.hook) {
    case "runStart":
      return event.resumed ? ["resumed"] : [];
    case "checkpoint":
    case "checkpointFailure":
      return event.clears ? ["clears"] : [];
    case "retry":
      return [`delay ${event.delay}`];
    case "hedge":
      return [`copy ${event.copy}`];
    case "poll":
      return [event.ready ? "ready" : "pending"];
    case "step":
      return [event.done ? "done" : "more"];
    case "progress":
      return [`${event.done} of ${event.total ?? "?"}`, `${event.failed} failed`];
    case "window":
      return [`of ${event.outputs}`];
    case "join":
      return [
        event.strategy,
        event.met ? "met:" : "not met:",
        `${event.successes} succeeded, ${event.failures} failed, ${event.cancelled} cancelled`,
      ];
    case "drain":
      return [`${event.undone} undone, ${event.failed} not`];
    case "runEnd":
      return [event.outcome];
    default:
      return [];
  }
}
