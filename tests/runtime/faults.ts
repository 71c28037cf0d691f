/** Ways to go wrong, for tests: what is thrown, the methods that throw it, and the streams and batches that have such methods. */

import type { Step } from "./step.js";

const unprintable = Object.create(null) as object;
const revoked = Proxy.revocable({}, {});
revoked.revoke();
export const hostile = {
  get retryable(): boolean {
    throw new Error("no reading");
  },
  get message(): string {
    throw new Error("no reading either");
  },
};

/** Ways to go wrong, with the text that is told of each. */
export const FAULTS: readonly (readonly [how: string, fault: unknown, text: string])[] = [
  ["an error", new Error("boom"), "boom"],
  ["a string", "boom", "boom"],
  ["nothing", undefined, "undefined"],
  ["an object without a text", unprintable, "(unprintable)"],
  ["an object whose getters throw", hostile, "[object Object]"],
  ["an error whose message is a symbol", Object.assign(new Error("x"), { message: Symbol("why") }), "Symbol(why)"],
  [
    "an error whose message has no text",
    Object.assign(new Error("x"), { message: unprintable, name: unprintable }),
    "(unprintable)",
  ],
  ["a proxy that refuses everything", revoked.proxy, "(unprintable)"],
];

export type Method = () => unknown;
export const thrower =
  (fault: unknown): Method =>
  () => {
    throw fault;
  };
export const rejecter =
  (fault: unknown): Method =>
  () =>
    // Whatever is thrown may be no error.
    // eslint-disable-next-line prefer-promise-reject-errors
    Promise.reject(fault);

const source = async function* (): AsyncGenerator<string> {
  yield "a";
};
export const streamWith = (bad: object): Step => ({
  window: { count: 1 },
  open: source,
  processItem: (_: unknown, item: string) => [item, 1] as const,
  flushWindow: () => undefined,
  onClose: () => "done",
  ...bad,
});
export const batchWith = (bad: object): Step => ({
  load: () => [1],
  processItem: () => 1,
  finish: (_: unknown, outcomes: readonly { ok: boolean }[]) => ["done", outcomes.map(({ ok }) => ok)],
  ...bad,
});
