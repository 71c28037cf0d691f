/** What the observers of this package, and filters, say when they are made of something else. */

import { only } from "cano/observe";
import { otelMetrics, otelTraces } from "cano/observe/otel";
import { pinoLog, pinoObserver } from "cano/observe/pino";
import { expect, test } from "vitest";
import { thrownBy } from "../runtime/thrown-by.js";

test.each<readonly [string, () => unknown, string]>([
  ["lines without a logger", () => pinoObserver(undefined as never), "`logger` must be a logger of pino, not undefined"],
  ["lines of the console", () => pinoObserver(console as never), "`logger` must be a logger of pino, not"],
  ["lines of tasks to the console", () => pinoLog(console as never), "`logger` must be a logger of pino, not"],
  [
    "lines with an option that there is not",
    () => pinoObserver({ child: () => undefined } as never, { payload: true } as never),
    "`pinoObserver` has no option `payload`, only `payloads`",
  ],
  ["traces of a name", () => otelTraces("shop" as never), "`otelTraces` must be given an object with options (`tracer`)"],
  ["metrics of one gate", () => otelMetrics({ watch: {} as never }), "`watch` must be a list, not an object"],
  [
    "metrics of what cannot be watched",
    () => otelMetrics({ watch: [{} as never] }),
    "`watch` must be a list of circuit breakers and rate limiters, not an object",
  ],
  ["some events without a filter", () => only({}, undefined as never), "`only` must be given an object with options (`hooks`,"],
  ["some events by one hook", () => only({}, { hooks: "runStart" as never }), '`hooks` must be a list, not "runStart"'],
  [
    "some events by a hook that is misspelt",
    () => only({}, { hooks: ["runStrat" as never] }),
    '`hooks` must be a list of names of hooks, not "runStrat"',
  ],
  [
    "events of what is called like a part of a name",
    () => only({}, { workflows: "orders" as never }),
    "`workflows` must be a list",
  ],
  ["events of one state", () => only({}, { states: "paid" as never }), '`states` must be a list, not "paid"'],
  ["events where something is so", () => only({}, { where: true as never }), "`where` must be a function, not true"],
  [
    "events of one workflow, whose option is misspelt",
    () => only({}, { workflow: "order" } as never),
    "`only` has no option `workflow`, only `hooks`, `workflows`, `states`, `where`",
  ],
])("%s are refused", (_, make, message) => {
  const expected = { category: "configuration", code: "CANO7009", message: expect.stringContaining(message) as string };
  expect(thrownBy(make)).toMatchObject(expected);
});
