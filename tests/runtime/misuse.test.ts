/** What policies, resources and `workflow()` say to callers without types, or with values from a configuration: at once, and by name. */

import {
  bulkhead,
  circuitBreaker,
  custom,
  decorrelated,
  exponential,
  fixed,
  fixedWindow,
  perRun,
  retryBudget,
  tiered,
  tokenBucket,
  workflow,
} from "cano";
import { guards, Resources } from "cano/codegen/v1";
import { expect, test } from "vitest";
import { thrownBy } from "./thrown-by.js";

const bucket = tokenBucket({ tokens: 1, period: 1 });

/** By what is called, in words: the call, and what its error says, after which more may follow. */
const refused: Readonly<Record<string, readonly [call: () => unknown, message: string]>> = {
  "no options": [() => fixed(undefined as never), "`fixed` must be given an object with options (`retries`, `delay`"],
  "null for options": [() => circuitBreaker(null as never), "`circuitBreaker` must be given an object with options (`name`"],
  "positional retries": [() => exponential(3 as never), "`exponential` must be given an object with options (`retries`"],
  "positional delays": [() => decorrelated(100 as never), "`decorrelated` must be given an object with options"],
  "a name alone": [() => circuitBreaker("bank" as never), "`circuitBreaker` must be given an object with options"],
  "a limit alone": [() => bulkhead(5 as never), "`bulkhead` must be given an object with options (`limit`"],
  "a rate as a text": [() => tokenBucket("10/s" as never), "`tokenBucket` must be given an object with options (`tokens`"],
  "a share alone": [() => retryBudget(0.1 as never), "`retryBudget` must be given an object with options (`share`"],
  "an object of something else": [() => bulkhead(new Map() as never), "`bulkhead` must be given an object with options"],
  "a misspelt option": [
    () => circuitBreaker({ treshold: 5 } as never),
    "`circuitBreaker` has no option `treshold`, only `name`,",
  ],
  "an option of another policy": [
    () => fixedWindow({ limit: 1, period: 1 } as never),
    "`fixedWindow` has no option `period`, only `limit`, `window`,",
  ],
  "a time as a text": [
    () => fixed({ retries: 1, delay: "5s" as never }),
    "`delay` must be a finite number of milliseconds, 0 or more",
  ],
  "a number as a text": [
    () => fixed({ retries: "3" as never, delay: 1 }),
    '`retries` must be a whole number, 0 or more, not "3"',
  ],
  "a delay for a function": [() => custom(100 as never), "`delay` of `custom` must be a function, not 100"],
  "a name for `retryIf`": [() => exponential({ retryIf: "busy" as never }), '`retryIf` must be a function, not "busy"'],
  "a number for `delayFrom`": [() => exponential({ delayFrom: 5 as never }), "`delayFrom` must be a function, not 5"],
  "a flag for `isFailure`": [() => circuitBreaker({ isFailure: true as never }), "`isFailure` must be a function, not true"],
  "a list for `onChange`": [() => circuitBreaker({ onChange: [] as never }), "`onChange` must be a function, not a list"],
  "a limiter for tiers": [() => tiered(bucket as never), "`tiers` must be a list, not a `RateLimiter`"],
  "a limiter for a tier": [
    () => tiered([bucket as never]),
    "`tiers[0].limiter` must be what `tokenBucket`, `fixedWindow` or `tiered` makes, not undefined",
  ],
  "a bulkhead for a tier": [
    () => tiered([{ limiter: bucket }, { limiter: bulkhead({ limit: 1 }) as never }]),
    "`tiers[1].limiter` must be what `tokenBucket`, `fixedWindow` or `tiered` makes, not a `Bulkhead`",
  ],
  "a value for `perRun`": [() => perRun({} as never), "`factory` of `perRun` must be a function, not an object"],
  "no resources": [() => new Resources(undefined as never), "`resources` must be an object with what the tasks work with"],
  "no workflow": [() => workflow(undefined as never), "`workflow` must be an object, not undefined"],
  "no states": [() => workflow({} as never), "`states` must be an object, not undefined"],
  "no tasks": [() => workflow({ states: { A: "a" }, initial: "a", exits: [] } as never), "`tasks` must be an object"],
  "one exit": [
    () => workflow({ states: { A: "a" }, initial: "a", exits: "a", tasks: {} } as never),
    '`exits` must be a list of states, not "a"',
  ],
  ...Object.fromEntries(
    (
      [
        ["retry", 3, "`fixed`, `exponential`, `decorrelated` or `custom`"],
        ["breaker", { failureThreshold: 5 }, "`circuitBreaker`"],
        ["bulkhead", 5, "`bulkhead`"],
        ["bulkhead", bucket, "`bulkhead`"],
        ["rateLimit", bulkhead({ limit: 1 }), "`tokenBucket`, `fixedWindow` or `tiered`"],
        ["retryBudget", 0.1, "`retryBudget`"],
      ] as const
    ).map(([option, value, makers], index) => [
      `something else for the \`${option}\` of a task (${index})`,
      [() => guards("Charge", { config: { [option]: value } }), `\`${option}\` of \`Charge\` must be what ${makers} makes, not`],
    ]),
  ),
};

test.each(Object.entries(refused))("%s is refused", (_, [call, message]) => {
  expect(thrownBy(call)).toMatchObject({
    category: "configuration",
    code: "CANO7009",
    message: expect.stringContaining(message) as string,
  });
});

test("an option that is undefined is left out, whatever its name", () => {
  expect(bulkhead({ limit: 1, max: undefined } as never).active).toBe(0);
});

test("options need not be of this realm, nor have a prototype", () => {
  expect(bulkhead(Object.assign(Object.create(null), { limit: 1 }) as never).active).toBe(0);
});

test("a promise in the place of the work is refused, and says nothing of what is called", async () => {
  const breaker = circuitBreaker({ failureThreshold: 1 });
  const message = "`work` must be a function, not a `Promise`";
  await expect(breaker.call(Promise.resolve(1) as never)).rejects.toMatchObject({ code: "CANO7009", message });
  expect(breaker.state).toBe("closed");
  const limited = bulkhead({ limit: 1 });
  await expect(limited.call(Promise.resolve(1) as never)).rejects.toMatchObject({ code: "CANO7009", message });
});

test("a cost that is given as it is to `tryAcquire` does not count as 1", async () => {
  const message = "`demand` must be an object such as `{ cost: 5 }`, not 5";
  await expect(bucket.acquire(5 as never)).rejects.toMatchObject({ code: "CANO7009", message });
  expect(thrownBy(() => bucket.reserve(5 as never))).toMatchObject({ code: "CANO7009", message });
  await expect(bucket.acquire(null as never)).rejects.toMatchObject({ code: "CANO7009" });
  await expect(bucket.acquire({ tiers: "minute" as never })).rejects.toMatchObject({
    message: '`tiers` must be a list, not "minute"',
  });
});
