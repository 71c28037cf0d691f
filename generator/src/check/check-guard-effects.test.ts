/** An attempt timeout of what returns no promise is told to have no effect, unless it is there for others, too. */

import { expect, test } from "vitest";
import type { Span } from "../diagnostics/diagnostic.js";
import type { NumberReading } from "../read/number-reading.js";
import { problemsOf } from "./testing/problems-of.js";
import type { TaskSpec } from "./testing/reading-builder.js";

const place = (file: string, start = 1): Span => ({ file, start, end: start + 1 });

/** A task in a file, with an attempt timeout that is written down there unless said otherwise. */
const bounded = (to: string, mayBePromise: boolean, file: string, limit: Partial<NumberReading> = {}): TaskSpec => ({
  to: [to],
  method: { span: place(file, 5), mayBePromise },
  task: {
    config: {
      span: place(file, 3),
      unknownKeys: [],
      retry: undefined,
      attemptTimeout: { value: 50, span: place(file), ...limit },
      guards: [],
    },
  },
});

const useless = (...tasks: readonly [TaskSpec, TaskSpec]): readonly string[] =>
  problemsOf({ states: ["A", "B", "Done"], tasks: { A: tasks[0], B: tasks[1] } });

test.each<[what: string, a: TaskSpec, b: TaskSpec, found: readonly string[]]>([
  ["of its own", bounded("B", false, "a.ts"), bounded("Done", true, "b.ts"), ["CANO3018 a.ts"]],
  ["of each", bounded("B", false, "a.ts"), bounded("Done", false, "b.ts"), ["CANO3018 a.ts", "CANO3018 b.ts"]],
  ["of what returns promises", bounded("B", true, "a.ts"), bounded("Done", true, "b.ts"), []],
  ["that both share", bounded("B", false, "a.ts"), bounded("Done", false, "a.ts"), ["CANO3018 a.ts"]],
  ["that it shares with one that returns promises", bounded("B", false, "a.ts"), bounded("Done", true, "a.ts"), []],
  [
    "that stands elsewhere in the same file",
    bounded("B", false, "a.ts"),
    bounded("Done", true, "a.ts", { span: place("a.ts", 9) }),
    ["CANO3018 a.ts"],
  ],
  ["of another file", bounded("B", false, "a.ts", { span: place("base.ts") }), bounded("Done", true, "b.ts"), []],
  ["that cannot be read", bounded("B", false, "a.ts", { value: undefined }), bounded("Done", true, "b.ts"), []],
])("a timeout %s", (_, a, b, found) => {
  expect(useless(a, b)).toEqual(found);
});
