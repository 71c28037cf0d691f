/** How a task says where the run goes next: a state of the enum, or a state together with its input. */

/** A value, or a promise of it. */
export type Awaitable<T> = T | PromiseLike<T>;

/** A transition that carries the next state's input. Made by {@link to}. */
export interface To<S, I> {
  readonly state: S;
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
