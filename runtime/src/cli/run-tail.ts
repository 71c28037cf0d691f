/** `cano runs tail`: prints what happens to runs, until it is interrupted. */

import type { CheckpointStore } from "../checkpoint/checkpoint-store.js";
import { SignalHub } from "../run/signal-hub.js";
import { pause } from "../scheduler/setting.js";
import type { TailCommand } from "./command.js";
import type { Io } from "./io.js";
import type { Told } from "./narrator.js";
import { type Paint, paintFor, plain } from "./paint.js";
import { type JsonHappening, renderJson, withoutPayload } from "./render-json.js";
import { type Happening, RunFollower } from "./run-follower.js";
import { duration, localTime } from "./times.js";

/** Milliseconds between two looks. */
const BETWEEN = 1_000;

/** Carries out the command; resolves when it is interrupted. */
export async function runTail(store: CheckpointStore, command: TailCommand, io: Io): Promise<void> {
  const follower = new RunFollower(store, command.workflow, () => io.clock.epoch());
  const paint = paintFor(io);
  const print = (happening: Happening): void =>
    io.stdout(
      command.format === "json" ? renderJson(toJson(happening), "line") : renderHappening(happening, io.clock.epoch(), paint),
    );
  const setting = { clock: io.clock, stopping: io.untilInterrupted(), signals: new SignalHub() };
  for (const standing of await follower.begin()) print(standing);
  while (await pause(setting, BETWEEN)) for (const happening of await follower.look()) print(happening);
}

function renderHappening(happening: Happening, now: number, paint: Paint): string {
  const { run, at } = happening;
  const { text, colour } = tell(happening, now);
  const name = `${plain(run.workflow)} ${plain(run.runId)}`;
  return `${paint("dim", localTime(at))}  ${paint("bold", name)}  ${colour === undefined ? text : paint(colour, text)}\n`;
}

function tell(happening: Happening, now: number): Told {
  const { run, at } = happening;
  switch (happening.event) {
    case "row":
      return happening.told;
    case "standing":
      return {
        text: `is ${run.status} in ${plain(run.state)} for ${duration(now - at)}${run.owner === undefined ? ", left behind" : ""}`,
        colour: "dim",
      };
    case "abandoned":
      return { text: "was left behind: nobody who is known to be alive drives it", colour: "red" };
    case "removed":
      return { text: "was removed", colour: "dim" };
  }
}

function toJson(happening: Happening): JsonHappening {
  const { workflow, runId, key, state, updatedAt } = happening.run;
  const named = { version: 1, workflow, runId, key } as const;
  switch (happening.event) {
    case "row":
      return { ...named, event: "row", row: withoutPayload(happening.row) };
    case "standing":
      return { ...named, event: "standing", state, since: updatedAt };
    default:
      return { ...named, event: happening.event };
  }
}
