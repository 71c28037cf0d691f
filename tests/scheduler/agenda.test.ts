/** The agenda of a scheduler: what is called off and set again, as by a pause, leaves nothing behind. */

import { ManualClock } from "cano/testing";
import { expect, test } from "vitest";
import { Agenda, type Item, type Wakeable } from "../../runtime/src/scheduler/agenda.js";
import { HOUR, MINUTE, START } from "./job.js";

/** Something that notes when it is woken, and how often the agenda looks at its note. */
class Sleeper implements Wakeable {
  readonly isIdle = true;
  readonly woken: number[] = [];
  looks = 0;
  private note: Item | undefined;

  constructor(private readonly clock: ManualClock) {}

  get item(): Item | undefined {
    this.looks++;
    return this.note;
  }

  set item(item: Item | undefined) {
    this.note = item;
  }

  wake(): void {
    this.woken.push(this.clock.epoch() - START);
  }
}

function agendaOf(): { readonly clock: ManualClock; readonly agenda: Agenda; readonly sleeper: Sleeper } {
  const clock = new ManualClock(new Date(START));
  const agenda = new Agenda(clock, () => undefined);
  agenda.start();
  return { clock, agenda, sleeper: new Sleeper(clock) };
}

test("what is called off and set again a thousand times is one entry, and is woken once", async () => {
  const { clock, agenda, sleeper } = agendaOf();
  // What comes before hides what comes after.
  agenda.set(new Sleeper(clock), START + 1);
  for (let time = 0; time < 1_000; time++) {
    agenda.set(sleeper, START + HOUR);
    agenda.remove(sleeper);
  }
  agenda.set(sleeper, START + HOUR);
  sleeper.looks = 0;
  await clock.advance(2 * HOUR);
  expect(sleeper.woken).toEqual([HOUR]);
  // Each minute, the agenda looks at what comes first.
  expect(sleeper.looks).toBeLessThan(500);
  agenda.stop();
});

test("what is called off is not woken, and may be set for another time", async () => {
  const { clock, agenda, sleeper } = agendaOf();
  agenda.set(sleeper, START + MINUTE);
  agenda.remove(sleeper);
  await clock.advance(2 * MINUTE);
  expect(sleeper.woken).toEqual([]);
  agenda.set(sleeper, START + 4 * MINUTE);
  agenda.remove(sleeper);
  agenda.set(sleeper, START + 3 * MINUTE);
  await clock.advance(HOUR);
  expect(sleeper.woken).toEqual([3 * MINUTE]);
  agenda.stop();
});

test("what is called off when its time has come, and set for that time again, is woken at once", async () => {
  const { clock, agenda, sleeper } = agendaOf();
  agenda.set(sleeper, START + MINUTE);
  agenda.remove(sleeper);
  await clock.advance(HOUR);
  agenda.set(sleeper, START + MINUTE);
  await clock.advance(0);
  expect(sleeper.woken).toEqual([HOUR]);
  agenda.stop();
});
