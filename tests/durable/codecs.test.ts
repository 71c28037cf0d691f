/** What codecs store comes back as it was, and what they cannot store is refused before anything is written. */

import { bigints, codec, type Codec, type Context, dates, maps, sets } from "cano";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodePayload } from "../../runtime/src/payload/payload.js";
import { durableMachineOf } from "./machine.js";

class Money {
  constructor(readonly cents: bigint) {}
}

const money = codec(Money, { encode: ({ cents }) => cents, decode: (cents) => new Money(cents) });
const ALL = { date: dates, cents: bigints, map: maps, set: sets, money };

/** What comes out of a run that hands `input` to its exit, when it is asked for a second time: read from the store. */
async function stored(input: unknown, codecs: Readonly<Record<string, Codec<unknown, unknown>>> = ALL): Promise<unknown> {
  const { workflow } = durableMachineOf(
    { echo: { run: async (_: unknown, context: Context<unknown>) => ["done", context.input] } },
    { codecs },
  );
  await workflow.orchestrate({ runId: "run-1", input });
  return (await workflow.orchestrate({ runId: "run-1" })).output;
}

test("what is as deep as can be stored can be read", () => {
  const text = `${'{"of":'.repeat(4_000)}{"$codec":"date","value":"1970-01-01T00:00:00.000Z"}${"}".repeat(4_000)}`;
  expect(() => decodePayload({ codecs: ALL }, text)).not.toThrow();
});

test("any value comes back as it was", async () => {
  const plain = fc.oneof(
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.bigInt(),
    fc.date({ noInvalidDate: true }),
    fc.bigInt().map((cents) => new Money(cents)),
  );
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      plain,
      fc.array(tie("value")),
      fc.dictionary(
        fc.string().filter((key) => key !== "$codec" && key !== "__proto__"),
        tie("value"),
        { noNullPrototype: true },
      ),
      fc.array(fc.tuple(fc.string(), tie("value"))).map((entries) => new Map(entries)),
      fc.array(plain).map((members) => new Set(members)),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, async (input) => {
      expect(await stored(input)).toEqual(input);
    }),
    { numRuns: 300 },
  );
});

describe("refused before anything is written", () => {
  const cycle = new Map<string, unknown>();
  cycle.set("self", cycle);
  let deep: unknown = 1n;
  for (let level = 0; level < 20_000; level++) deep = { deep };
  test.each<[string, unknown, string]>([
    ["the reserved member", { $codec: "date" }, "has a member `$codec`, which is reserved"],
    [
      "the reserved member of an object without a prototype",
      Object.assign(Object.create(null), { $codec: "cents", value: "5" }),
      "has a member `$codec`, which is reserved",
    ],
    ["what is deeper than the stack", deep, "does not survive JSON"],
    ["what an array has besides its items", Object.assign([1n], { total: 3n }), "it is an array with a member `total`"],
    ["a member whose name is a symbol", { [Symbol("secret")]: 1n }, "it has a member Symbol(secret)"],
    ["an array of a class of its own", class Lines extends Array {}.from([1n]), "it is an object of class Lines"],
    ["a date that is none", new Date(Number.NaN), "cannot be encoded by the codec `date`: Invalid time value"],
    ["a map that holds itself", cycle, "does not survive JSON"],
    ["what a map holds and no codec knows", new Map([["a", new URL("file:///a")]]), "an object of class URL"],
  ])("%s", async (_, input, message) => {
    await expect(stored(input)).rejects.toMatchObject({ code: "CANO7014", message: expect.stringContaining(message) as string });
  });
});

test("an instance of a derived class comes back as one of the codec's", async () => {
  class Euro extends Money {}
  expect((await stored(new Euro(5n))) instanceof Euro).toBe(false);
  expect(await stored(new Euro(5n))).toEqual(new Money(5n));
});

test.each(["before", "after"])(
  "one of a derived class with a codec of its own, listed %s that of its base, comes back as it was",
  async (place) => {
    class Taxed extends Money {
      constructor(
        cents: bigint,
        readonly tax: bigint,
      ) {
        super(cents);
      }
    }
    const taxed = codec(Taxed, { encode: ({ cents, tax }) => [cents, tax] as const, decode: (both) => new Taxed(...both) });
    const codecs = place === "before" ? { cents: bigints, taxed, money } : { cents: bigints, money, taxed };
    const back = await stored([new Taxed(5n, 1n), new Money(7n)], codecs);
    expect(back).toStrictEqual([new Taxed(5n, 1n), new Money(7n)]);
  },
);

test("what an object without a prototype has is encoded, too", async () => {
  expect(await stored(Object.assign(Object.create(null), { cents: 5n }))).toEqual({ cents: 5n });
});

test("a stored value of a codec that is gone is told", async () => {
  const { workflow, checkpoints } = durableMachineOf({ echo: { run: async () => ["done", new Date(0)] } }, { codecs: ALL });
  await workflow.orchestrate({ runId: "run-1" });
  const later = durableMachineOf({ echo: { run: async () => "done" } }, { codecs: { other: bigints }, checkpoints });
  await expect(later.workflow.orchestrate({ runId: "run-1" })).rejects.toMatchObject({
    category: "checkpoint_store",
    message: "the log of run `run-1` cannot be read, at row 1: the workflow has no codec `date`",
  });
});

test("data that looks like a codec's name is no codec", async () => {
  expect(await stored({ codec: "constructor", value: "toString" })).toEqual({ codec: "constructor", value: "toString" });
});
