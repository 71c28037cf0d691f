/** Runs around every test file: an unhandled rejection fails it, and so does a timer or a listener of the runtime that outlives the tests. */

import { afterAll, beforeAll, expect } from "vitest";

/** The timers that the runtime has set, with where and in which test it did. */
const timers = new Map<unknown, string>();
/** What it listens to. A signal that has fired has no more to tell. */
const listeners = new Map<unknown, { readonly signal: AbortSignal; readonly origin: string }>();
const rejections: unknown[] = [];
const undo: (() => void)[] = [];

beforeAll(() => {
  const note = (reason: unknown): unknown => rejections.push(reason);
  process.on("unhandledRejection", note);
  undo.push(() => process.off("unhandledRejection", note));
  watchTimers();
  watchSignals();
});

afterAll(async () => {
  // A rejection is reported once the promises have settled, and what is ended by an immediate has ended then.
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setImmediate(resolve));
  for (const restore of undo) restore();
  expect(rejections, "unhandled rejections").toEqual([]);
  expect([...timers.values()], "timers of the runtime that are left behind").toEqual([]);
  const deaf = [...listeners.values()].filter(({ signal }) => !signal.aborted).map(({ origin }) => origin);
  expect(deaf, "listeners of the runtime that are left behind").toEqual([]);
});

/** Where in the runtime it was called from, and in which test; undefined when it was not the runtime that called. */
function findOrigin(what: string): string | undefined {
  const caller = new Error().stack
    ?.split("\n")
    .find((frame) => frame.startsWith("    at ") && !frame.includes("support/leaks.ts"));
  const place = /runtime\/(?:src|dist)\/[^:]*:\d+/.exec(caller ?? "")?.[0];
  return place && `${what} of ${place} in \`${expect.getState().currentTestName ?? "no test"}\``;
}

function watchTimers(): void {
  const { setTimeout: begin, clearTimeout: end } = globalThis;
  const watched = (work: (...args: unknown[]) => void, delay?: number, ...args: unknown[]): NodeJS.Timeout => {
    const origin = findOrigin("timer");
    const timer = begin(() => {
      timers.delete(timer);
      work(...args);
    }, delay);
    if (origin !== undefined) timers.set(timer, origin);
    return timer;
  };
  globalThis.setTimeout = Object.assign(watched, begin);
  globalThis.clearTimeout = (timer) => {
    timers.delete(timer);
    end(timer);
  };
  undo.push(() => Object.assign(globalThis, { setTimeout: begin, clearTimeout: end }));
}

function watchSignals(): void {
  // oxlint-disable-next-line typescript/unbound-method -- called with the signal as `this` below
  const { addEventListener: add, removeEventListener: remove } = AbortSignal.prototype;
  AbortSignal.prototype.addEventListener = function (this: AbortSignal, ...[type, listener, options]: Parameters<typeof add>) {
    const origin = findOrigin("listener");
    if (origin !== undefined && !this.aborted) listeners.set(listener, { signal: this, origin });
    add.call(this, type, listener, options);
  };
  AbortSignal.prototype.removeEventListener = function (
    this: AbortSignal,
    ...[type, listener, options]: Parameters<typeof remove>
  ) {
    remove.call(this, type, listener, options);
    listeners.delete(listener);
  };
  undo.push(() => Object.assign(AbortSignal.prototype, { addEventListener: add, removeEventListener: remove }));
}
