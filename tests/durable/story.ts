/** What a run came to and did, and what may have become of that when processes died on the way. */

import { isCanoError } from "cano";
import { expect } from "vitest";

/** What a run came to, and what was done on the way. */
export interface Story {
  readonly outcome: string;
  /** Each as `what (key)`, in order. */
  readonly effects: readonly string[];
}

/** What came of a run, as a text. */
export async function outcomeOf(run: Promise<{ readonly state: unknown; readonly output: unknown }>): Promise<string> {
  try {
    const { state, output } = await run;
    return `${String(state)} with ${JSON.stringify(output)}`;
  } catch (error) {
    return isCanoError(error) ? `${error.category} in ${error.state}: ${error.message}` : String(error);
  }
}

/** Visits are told by the rows with which they begin, whose numbers depend on what was resumed; here, by their order. */
export function numberVisits(effects: readonly string[], runId: string): readonly string[] {
  const visit = new RegExp(`\\(\\w+/${runId}#(\\d+)`);
  const rows = effects.flatMap((effect) => visit.exec(effect)?.[1] ?? []).map(Number);
  const order = [...new Set(rows)].toSorted((a, b) => a - b);
  return effects.map((effect) => effect.replace(visit, (_, row: string) => `(visit ${order.indexOf(Number(row))}`));
}

/** What a crash may change: the step in flight is repeated, and nothing else. */
export function expectRepair(story: Story, undisturbed: Story, deaths: number): void {
  expect(story.outcome).toBe(undisturbed.outcome);
  // Each effect comes about, in the same order, and only those of one visit for each death do so again.
  const firsts = [...new Set(story.effects)];
  expect(firsts.toSorted()).toEqual([...new Set(undisturbed.effects)].toSorted());
  const repeated = firsts.filter((effect) => count(story.effects, effect) > count(undisturbed.effects, effect));
  for (const effect of repeated)
    expect(count(story.effects, effect) - count(undisturbed.effects, effect), `${effect} again`).toBeLessThanOrEqual(deaths);
  const visits = new Set(repeated.map((effect) => /\((visit \d+|\w+)/.exec(effect)?.[1]));
  expect(visits.size, `what is repeated: ${repeated.join(", ")}`).toBeLessThanOrEqual(deaths);
  const undone = (effects: readonly string[]): string[] => [...new Set(effects.filter((effect) => effect.startsWith("undo:")))];
  expect(undone(story.effects), "what was done last is undone first").toEqual(undone(undisturbed.effects));
}

function count(list: readonly string[], item: string): number {
  return list.filter((other) => other === item).length;
}
