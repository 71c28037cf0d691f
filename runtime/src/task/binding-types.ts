/** Types that generated modules are written in: what a bound task takes, needs and hands on, read from the binding's own type. */

import type { FallbackOf } from "../resilience/task-config.js";
import type { More, Pending, Settled, To, Undoable } from "../transition.js";
import type { Joined, Split } from "./split.js";

type Method = (...parameters: never) => unknown;
type Instance<B> = B extends new () => infer I ? I : B;

// A task is of one kind alone, so each chain below begins with the kinds that are met most: every step is a comparison of types.

/** What a task names in the end: nothing yet is no answer. */
type Returned<T> = Next<Named<T> | FallbackOf<T>>;
type Named<T> = T extends { run: infer M extends Method }
  ? Settled<M>
  : T extends { route: infer M extends Method }
    ? Settled<M>
    : T extends { poll: infer M extends Method }
      ? Exclude<Settled<M>, Pending>
      : T extends { step: infer M extends Method }
        ? Exclude<Settled<M>, More<unknown>>
        : T extends { wait: Method; afterWait: infer M extends Method }
          ? Settled<M>
          : T extends { load: Method; finish: infer M extends Method }
            ? Settled<M>
            : T extends { open: Method; flushWindow: infer F extends Method; onClose: infer C extends Method }
              ? Exclude<Settled<F | C>, undefined | void>
              : never;
type Next<R> = R extends Undoable<infer N, unknown> ? Each<N> : Each<R>;
// One type for each state that it may be, so that they can be told apart.
type Each<R> = R extends To<infer S, infer I> ? (S extends unknown ? To<S, I> : never) : R;

/** Resources and context of every method that the runtime calls, as a union of pairs. */
type Calls<T> = OwnCalls<T> | FallbackCall<T>;
type FallbackCall<T> = T extends { readonly config: { readonly fallback: (error: never, context: infer C) => unknown } }
  ? T extends { flushWindow: Method }
    ? never
    : [unknown, C]
  : never;
type OwnCalls<T> = T extends { run: infer M }
  ? Plain<M> | (T extends { compensate: infer C } ? Middle<C> : never)
  : T extends { route: infer M }
    ? Plain<M>
    : T extends { poll: infer M }
      ? Plain<M>
      : T extends { step: infer M }
        ? Middle<M>
        : T extends { wait: infer W; afterWait: infer A }
          ? Plain<W> | Plain<A>
          : T extends { load: infer L; processItem: infer P; finish: infer F }
            ? Plain<L> | Middle<P> | Middle<F>
            : T extends { open: infer O; processItem: infer P; flushWindow: infer F; onClose: infer C }
              ? Middle<O> | Middle<P> | Middle<F> | Middle<C>
              : never;
type Plain<M> = M extends (resources: infer R, context: infer C) => unknown ? [R, C] : never;
type Middle<M> = M extends (resources: infer R, part: never, context: infer C) => unknown ? [R, C] : never;

/** What a task takes as `context.input`; `void` when none of its methods takes one. */
type TaskInput<T> = Meet<Calls<T> extends infer P ? (P extends [unknown, infer C] ? ContextInput<C> : never) : never>;
// The runtime always gives a context, also where the parameter may be left out. What takes `unknown` takes something.
type ContextInput<C> = Exclude<C, undefined | null> extends { readonly input: infer I } ? Taken<I> : never;
// `undefined` is nothing, too, but stays what it is: to the compiler a context of `void` is no context of `undefined`. `any` is whatever is handed on.
type Taken<I> = unknown extends I
  ? [unknown]
  : [I] extends [void]
    ? [void] extends [I]
      ? never
      : [I] extends [never]
        ? never
        : [I]
    : [I];
type TaskResources<T> = Meet2<Calls<T> extends infer P ? (P extends [infer R, unknown] ? [Known<R>] : never) : never>;

// A method with fewer than two parameters infers `unknown` for its context, which has no `input`.
/** What a binding takes as its input; `void` when it takes none. A split takes what all of its branches take. */
export type InputOf<B> = B extends Split<unknown, infer L> ? BranchesInput<L> : TaskInput<Instance<B>>;

// What a function computes takes the same input as the function itself.
type BranchesInput<L> = L extends (resources: never, context: infer C) => infer R
  ? Meet<ContextInput<C> | EachInput<R>>
  : Meet<EachInput<L>>;

type EachInput<L> = L extends readonly (infer B)[] ? (B extends unknown ? Taken<InputOf<B>> : never) : never;

// Intersects the members of a union of one-tuples; an empty one means that nothing is taken.
type Meet<U> = [U] extends [never]
  ? void
  : (U extends readonly [infer T] ? (value: T) => void : never) extends (value: infer I) => void
    ? I
    : never;

/** The resources that a binding asks for. */
export type ResourcesOf<B> =
  B extends Split<unknown, infer L>
    ? L extends (resources: infer R, context: never) => unknown
      ? Known<R> & Computed<L>
      : L extends readonly unknown[]
        ? Meet2<{ [K in keyof L]: [ResourcesOf<L[K]>] }[number]>
        : unknown
    : TaskResources<Instance<B>>;

// What a function computes may need more than the function itself.
type Computed<L> = L extends (resources: never, context: never) => readonly (infer B)[] ? ResourcesOf<B> : unknown;

// Resources are always given, too; who takes nothing at all asks for none. `any` asks for some, and does not say which.
type Known<R> = 0 extends 1 & R
  ? object
  : unknown extends R
    ? unknown
    : [R] extends [undefined | null | void]
      ? unknown
      : Exclude<R, undefined | null>;
type Meet2<U> = (U extends readonly [infer T] ? (value: T) => void : never) extends (value: infer I) => void ? I : unknown;

/** What a binding hands to the state `S` with `to()`. */
export type HandedTo<B, S> =
  Returned<Instance<B>> extends infer R ? (R extends To<infer T, infer I> ? (S extends T ? I : never) : never) : never;

/**
 * Everything that the tasks among the bindings `T` may return. Declaring it spares the compiler from widening what a task returns; the members that
 * nothing returns make it a union of which the rest can be told by `state`, also where no task returns at all.
 */
export type ReturnedBy<T> =
  | Nowhere<undefined>
  | Nowhere<null>
  | { [K in keyof T]: T[K] extends Split<unknown, unknown> ? never : Returned<Instance<T[K]>> }[keyof T];

interface Nowhere<I> {
  readonly state: undefined;
  readonly input: I;
}

/** What the join of a split hands on. */
export type JoinedOf<B> = B extends Split<unknown, infer L> ? Joined<PassedOn<InputOf<B>>, BranchValue<L>> : never;

/** An input as it is found by those who are not given it themselves: where there is none, `undefined`. */
type PassedOn<I> = void extends I ? Exclude<I, void> | undefined : I;

type BranchValue<L> = L extends (resources: never, context: never) => infer R
  ? BranchValue<R>
  : L extends readonly (infer B)[]
    ? B extends unknown
      ? Returned<Instance<B>>
      : never
    : never;
