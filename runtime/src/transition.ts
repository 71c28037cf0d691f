/** How a task says where the run goes next: a state of the enum, a state together with its input, what undoes it, or that it is not there yet. */

/** A value, or a promise of it. */
// `Promise` is named although it is a `PromiseLike`: the compiler then compares what two promises hold, and not their methods, for every task.
export type Awaitable<T> = T | Promise<T> | PromiseLike<T>;

/** What a method comes to, whatever it is given. `ReturnType` says `any` where a parameter is `never`, as one without a type is behind `satisfies Task`. */
export type Settled<M> = M extends (...parameters: never) => infer R ? Awaited<R> : never;

/** A transition that carries the next state's input. Made by {@link to}. */
export interface To<S, I> {
  /** The state that is entered next. */
  readonly state: S;
  /** What its task takes; of an exit, the run's output. */
  readonly input: I;
}

/** What a task may return: a bare state, or {@link to}. */
export type Next<S> = S | To<S, unknown>;

/**
 * Goes to `state` and hands it `input`; for an exit state `input` becomes the run's output.
 *
 * The generator proves that `input` is assignable to what the state's task takes.
 */
export function to<const S extends string | number, I>(state: S, input: I): To<S, I> {
  return { state, input };
}

/** The answer of a poll that is not ready. Made by {@link pending}. */
export class Pending {
  /** A class with a private member fits no other type, so that data which happens to look alike is not taken for it. */
  declare private readonly nominal: true;

  constructor(
    /** Milliseconds until the next poll; undefined leaves them to the task's `backoff`. */
    readonly delay: number | undefined,
  ) {}
}

/**
 * Says that a poll is not ready and is to be asked again after `delay` milliseconds (finite, 0 or more).
 * Default: what the task's `backoff` says; at once where it has none.
 */
export function pending(delay?: number): Pending {
  return new Pending(delay);
}

/** The answer of a step that has more to do. Made by {@link more}. */
export class More<Cursor> {
  declare private readonly nominal: true;

  constructor(
    /** Where the next step begins. */
    readonly cursor: Cursor,
  ) {}
}

/** Says that there is more to do, from `cursor` on: the next step is given it. A cursor must survive JSON. */
export function more<Cursor>(cursor: Cursor): More<Cursor> {
  return new More(cursor);
}

/** The answer of a task that can be undone. Made by {@link undoable}. */
export class Undoable<N, Output> {
  declare private readonly nominal: true;

  constructor(
    /** The state that follows, or `to(state, input)`. */
    readonly next: N,
    /** What `compensate` is given, should the run fail later on. */
    readonly output: Output,
  ) {}
}

/**
 * Goes on to `next`, a state or `to(state, input)`, and leaves `output` for the task's `compensate`, should the run fail later on.
 * In a durable workflow the output must survive JSON.
 */
export function undoable<const N, Output>(next: N, output: Output): Undoable<N, Output> {
  return new Undoable(next, output);
}
