/** Parameters of the method that the dispatcher calls, whose types leave no room for what it gives. */

import { expect, test } from "vitest";
import { taskOf } from "../testing/task-of.js";

test.each<[members: string, closed: readonly string[]]>([
  ["run() { return S.B; }", []],
  ["run(_: object, context: Context<string>) { return S.B; }", []],
  ["run(_: unknown, context: unknown) { return S.B; }", []],
  ["run(_: any, context: any) { return S.B; }", []],
  ["run(_: {}, { input }: Context<undefined>) { return S.B; }", []],
  ["run(_?: { db: string }, context?: Context) { return S.B; }", []],
  ["run(_: { db: string } | undefined) { return S.B; }", []],
  ["run<R extends object>(_: R) { return S.B; }", []],
  ["run(_: never) { return S.B; }", ["run resources never at never"]],
  ["run(_?: undefined) { return S.B; }", ["run resources undefined at undefined"]],
  ["run(_: string | null) { return S.B; }", ["run resources string | null at string | null"]],
  ["run(_: object, context: void) { return S.B; }", ["run context void at void"]],
  ["run(_: null, context: 7) { return S.B; }", ["run resources null at null", "run context 7 at 7"]],
  ["run(_: object, { signal }: Context<never>) { return S.B; }", ["run input never at Context<never>"]],
  // What contradicts itself is nothing, whatever it is called.
  [
    'run(_: object, { input }: Context<{ kind: "a" } & { kind: "b" }>) { return S.B; }',
    ['run input never at Context<{ kind: "a" } & { kind: "b" }>'],
  ],
  ["run(...given: [undefined, Context<string>]) { return S.B; }", ["run resources undefined at [undefined, Context<string>]"]],
  ["route(_: never) { return S.B; }", ["route resources never at never"]],
  [
    "run(_: undefined) { return undoable(S.B, 1); } compensate(_: undefined, n: number) {}",
    ["run resources undefined at undefined"],
  ],
  // What a loop calls is given what there is, whatever it says.
  ["poll(_: never) { return S.B; }", []],
  // But it is nothing else than resources: whoever takes another value, or the context, first has forgotten them.
  ["run(input: string[]) { return S.B; }", ["run resources string[] at string[]"]],
  ["poll(input: string) { return S.B; }", ["poll resources string at string"]],
  ["run({ input }: Context<string>) { return S.B; }", ["run resources Context<string> at Context<string>"]],
  [
    "poll(context?: Context & { db: string }) { return S.B; }",
    ["poll resources (Context<void> & { db: string; }) | undefined at Context & { db: string }"],
  ],
  ["run(context: Own) { return S.B; }", ["run resources Own at Own"]],
  ["step(cursor?: number) { return S.B; }", ["step resources number | undefined at number"]],
  ["wait() { return 1; } afterWait(due: bigint | null) { return S.B; }", ["afterWait resources bigint | null at bigint | null"]],
  [
    "load() { return [1]; } processItem(item: number) { return item; } finish(outcomes: readonly number[]) { return S.B; }",
    ["processItem resources number at number", "finish resources readonly number[] at readonly number[]"],
  ],
  ["run() { return undoable(S.B, 1); } compensate(n: number) {}", ["compensate resources number at number"]],
])("%s", (members, closed) => {
  const { task, at } = taskOf(members, "interface Own extends Context<string> { readonly own: 1 }");
  expect(task.closedParameters.map(({ method, given, type, span }) => `${method} ${given} ${type} at ${at(span)}`)).toEqual(
    closed,
  );
});

test.each<[binding: string, closed: readonly string[]]>([
  ["{ run(_, { input }) { return S.B; } }", []],
  ['{ run(_, { attempt }) { return S.B; } } satisfies import("cano").Task<S>', ["run resources never at _"]],
  ['{ run(_: object, { attempt }) { return S.B; } } satisfies import("cano").Task<S>', ["run input never at { attempt }"]],
  ['{ run(_: object, { attempt }: Context) { return S.B; } } satisfies import("cano").Task<S>', []],
  ['{ poll(_, { attempt }) { return S.B; } } satisfies import("cano").PollTask<S>', []],
])("parameters without a type: %s", (binding, closed) => {
  const { task, at } = taskOf("", "", binding);
  expect(task.closedParameters.map(({ method, given, type, span }) => `${method} ${given} ${type} at ${at(span)}`)).toEqual(
    closed,
  );
});
