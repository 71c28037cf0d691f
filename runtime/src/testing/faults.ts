/** Faults on purpose: makes a task fail or hang in chosen states and attempts, without touching its code. */

/// <reference lib="esnext.disposable" preserve="true" />

import type { Context } from "../context.js";

type State = string | number;

/** Which calls a fault strikes. */
export interface Fault {
  /** The state; only a method that takes a context knows it. Default: every state. */
  readonly state?: State;
  /** The 1-based attempt, or several. Of a method that takes no context, its n-th call since the fault was set. Default: every attempt. */
  readonly attempt?: number | readonly number[];
  /** The method that is struck. Default: the first of those with which the task's kind begins: `run`, `route`, `poll`, `wait`, `load`, `step`, `open`. */
  readonly method?: string;
}

/** A fault that is set, until it is lifted: `using fault = failOn(...)`, or `restore()`. */
export interface SetFault extends Disposable {
  /** How many calls it has struck. */
  readonly strikes: number;
  /** Gives the task its own method back, as far as no other fault is set. May be called twice, and before or after the others are lifted. */
  restore(): void;
}

const FIRST_METHODS = ["run", "route", "poll", "wait", "load", "step", "open"];

/**
 * Makes calls of `task` throw `error`; by default an `Error` that says so. `task` is a class, whose instances are all struck, or one instance.
 * Throws `TypeError` when it has no such method.
 */
export function failOn(task: object, fault: Fault & { readonly error?: unknown } = {}): SetFault {
  const { error = new Error("a fault that a test has set") } = fault;
  return strike(task, fault, () => {
    throw error;
  });
}

/** Makes calls of `task`, whose method must be an asynchronous one, never come to an end. See {@link failOn}. */
export function hangOn(task: object, fault: Fault = {}): SetFault {
  return strike(task, fault, () => new Promise(() => undefined));
}

type Method = (this: unknown, ...parameters: unknown[]) => unknown;

/** What stands in the place of a method, and how it is taken away once it is lifted and nothing stands in its own place. */
type Replacement = Method & { readonly [TAKE_AWAY]: () => void };

const TAKE_AWAY = Symbol("take away");

function strike(task: object, { state, attempt, method }: Fault, effect: () => unknown): SetFault {
  // A class stands for its instances.
  const target: object = typeof task === "function" ? (task as { readonly prototype: object }).prototype : task;
  const name = method ?? FIRST_METHODS.find((known) => known in target);
  const own: unknown = name === undefined ? undefined : Reflect.get(target, name);
  if (name === undefined || typeof own !== "function")
    throw new TypeError(`the task has no method ${name ?? "of any kind of task"}`);
  const before = Object.getOwnPropertyDescriptor(target, name);
  // What a task inherits is looked up when it is called, since a fault of its class may be set later.
  const ownMethod = (): Method =>
    (before === undefined ? Reflect.get(Object.getPrototypeOf(target) as object, name) : own) as Method;
  const attempts = typeof attempt === "number" ? [attempt] : attempt;
  let calls = 0;
  let strikes = 0;
  let isLifted = false;
  const struck: Method = function (...parameters) {
    // Another fault, which was set later, may still call it.
    if (isLifted) return ownMethod().apply(this, parameters);
    calls++;
    const context = parameters.findLast(isContext);
    const matches =
      (state === undefined || context?.state === state) &&
      (attempts === undefined || attempts.includes(context?.attempt ?? calls));
    if (!matches) return ownMethod().apply(this, parameters);
    strikes++;
    return effect();
  };
  const takeAway = (): void => {
    if (!isLifted || Reflect.get(target, name) !== replacement) return;
    if (before === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, before);
    // What was beneath may have been lifted in between.
    if (isReplacement(before?.value)) before.value[TAKE_AWAY]();
  };
  const replacement: Replacement = Object.assign(struck, { [TAKE_AWAY]: takeAway });
  Object.defineProperty(target, name, { value: replacement, configurable: true, writable: true });
  const restore = (): void => {
    isLifted = true;
    takeAway();
  };
  return {
    get strikes() {
      return strikes;
    },
    restore,
    [Symbol.dispose]: restore,
  };
}

function isReplacement(value: unknown): value is Replacement {
  return typeof value === "function" && TAKE_AWAY in value;
}

function isContext(value: unknown): value is Context<unknown> {
  return typeof value === "object" && value !== null && "idempotencyKey" in value && "attempt" in value;
}
