/** What is said of payloads that do not survive being stored, and what is left unsaid since it comes to the same: code 4009. */

import { expect, test } from "vitest";
import type { PayloadLoss } from "../read/data-reading.js";
import type { TargetReading } from "../read/target-reading.js";
import { outcomeOf } from "./testing/problems-of.js";
import { at, durabilityOf, reading, type TaskSpec } from "./testing/reading-builder.js";

const loss = { type: "Date", why: "has methods" };
const lost = (role: PayloadLoss["role"], state: string, path: string): PayloadLoss => ({
  role,
  state,
  path,
  span: at(`${role} ${state}`),
  ...loss,
});

/** Where something is lost, and of what. `A` goes to `B` and `C` with `handed`, which is lost at a path; both are splits, and `C` ends the run. */
function lossesOf(losses: readonly PayloadLoss[], handed: { readonly to?: number; readonly path?: string } = {}) {
  const target = (member: number): TargetReading => ({
    state: { kind: "member", member, span: at(`to ${member}`) },
    form: "to",
    by: "method",
    carries: {
      kind: "input",
      span: at(`argument ${member}`),
      fit: { kind: "fits" },
      ...(member === handed.to && { loss: { ...loss, path: handed.path ?? ".due", span: at("handed") } }),
    },
  });
  const task: TaskSpec = { method: { targets: [1, 2, 3].map(target) } };
  const split = { branches: [{}], takes: "Cart" };
  const { diagnostics } = outcomeOf(
    reading({
      states: ["A", "B", "C", "Done"],
      tasks: { A: task, B: { ...split, next: "to(C)" }, C: { ...split, next: "to(Done)" } },
      more: {
        durability: durabilityOf(),
        payloadLosses: losses,
      },
    }),
  );
  expect(new Set(diagnostics.map(({ code }) => code))).toEqual(new Set(diagnostics.length > 0 ? ["CANO4009"] : []));
  return diagnostics.map(({ span, message }) => `${span?.file}: ${message.replace(/ does not survive JSON.*/, "")}`);
}

test("each loss is named by what is stored", () => {
  expect(
    lossesOf([lost("input", "B", ".due"), lost("undo", "A", ""), lost("branch", "C", ""), lost("codec", "date", "")]),
  ).toEqual([
    "input B: what `B` takes",
    "undo A: what `A` leaves to be undone",
    "branch C: what a branch of `C` returns",
    "codec date: what the codec `date` encodes to",
  ]);
  expect(lossesOf([], { to: 1 })).toEqual(["handed: what is handed to `B`"]);
  expect(lossesOf([], { to: 3 })).toEqual(["handed: the output of exit `Done`"]);
});

test.each<[name: string, losses: readonly PayloadLoss[], handed: { to?: number; path?: string }, told: readonly string[]]>([
  ["what is handed on is told with what takes it", [lost("input", "B", ".due")], { to: 1 }, ["input B"]],
  ["unless that is lost elsewhere", [lost("input", "B", ".on")], { to: 1 }, ["input B", "handed"]],
  ["or another state takes it", [lost("input", "C", ".due")], { to: 1 }, ["input C", "handed"]],
  ["or it is no input", [lost("undo", "B", ".due")], { to: 1 }, ["undo B", "handed"]],
  [
    "what a branch returns is told with what takes it of the join",
    [lost("input", "C", ".successes[].value.due"), lost("branch", "B", ".due")],
    {},
    ["input C"],
  ],
  [
    "unless that is lost elsewhere in it",
    [lost("input", "C", ".successes[].value.on"), lost("branch", "B", ".due")],
    {},
    ["branch B", "input C"],
  ],
  [
    "or a state takes it to which that split does not lead",
    [lost("input", "B", ".successes[].value.due"), lost("branch", "B", ".due")],
    {},
    ["branch B", "input B"],
  ],
  [
    "or it is not what a branch returns",
    [lost("input", "C", ".successes[].value.due"), lost("undo", "B", ".due")],
    {},
    ["input C", "undo B"],
  ],
])("%s", (_, losses, handed, told) => {
  expect(
    lossesOf(losses, handed)
      .map((loss) => loss.replace(/:.*/, ""))
      .toSorted(),
  ).toEqual(told.toSorted());
});
