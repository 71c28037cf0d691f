/** Checks that what a durable workflow stores survives that. The types were looked at by the read stage. */

import { lossyPayload } from "../diagnostics/catalogue/durability.js";
import type { Draft } from "../model/draft.js";
import type { Check } from "./check.js";

/**
 * A resumed run is given what was stored, so nothing may be lost on the way: what a state takes, what it is handed, what undoes it, what
 * branches return, what an exit carries.
 *
 * Breaks it: `durable: true` and `to(S.Done, new Date())`, `run(_: object, { input }: Context<Map<string, number>>) { … }`.
 */
export const checkStorage: Check = (draft, report) => {
  const takes = (state: string, path: string): boolean =>
    draft.payloadLosses.some((loss) => loss.role === "input" && loss.state === state && loss.path === path);
  for (const { role, state, span, ...facts } of draft.payloadLosses) {
    if (role === "branch" && nextOf(draft, state).some((next) => takes(next, `.successes[].value${facts.path}`))) continue;
    report(lossyPayload(span, { ...facts, what: WHAT[role](state) }));
  }
  for (const { carries, to } of draft.states.flatMap(({ edges }) =>
    edges.map((edge) => ({ to: edge.to, carries: edge.target.carries })),
  )) {
    if (carries.kind !== "input" || carries.loss === undefined) continue;
    const { span, ...facts } = carries.loss;
    const receiver = draft.states[to]!;
    // What it takes there has to be changed anyway, and what it is handed with it.
    if (takes(receiver.name, facts.path)) continue;
    const what =
      receiver.exit === undefined ? `what is handed to \`${receiver.name}\`` : `the output of exit \`${receiver.name}\``;
    report(lossyPayload(span, { ...facts, what }));
  }
};

const WHAT = {
  input: (state: string) => `what \`${state}\` takes`,
  undo: (state: string) => `what \`${state}\` leaves to be undone`,
  branch: (state: string) => `what a branch of \`${state}\` returns`,
  codec: (name: string) => `what the codec \`${name}\` encodes to`,
} as const;

function nextOf(draft: Draft, state: string): readonly string[] {
  const from = draft.states.find(({ name }) => name === state);
  return (from?.edges ?? []).map(({ to }) => draft.states[to]!.name);
}
