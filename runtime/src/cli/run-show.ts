/** `cano runs show`: what is known of a run, and its log as a timeline. */

import type { CheckpointRow } from "../checkpoint/checkpoint-row.js";
import type { CheckpointStore, RunRecord } from "../checkpoint/checkpoint-store.js";
import type { ShowCommand } from "./command.js";
import { findRun, readRows } from "./find-run.js";
import type { Io } from "./io.js";
import { Narrator } from "./narrator.js";
import { type Paint, paintFor, plain } from "./paint.js";
import { renderJsonRun } from "./render-json.js";
import { colourOf, meaningOf } from "./statuses.js";
import { duration, localTime } from "./times.js";

/** Carries out the command. */
export async function runShow(store: CheckpointStore, command: ShowCommand, io: Io): Promise<void> {
  const run = await findRun(store, command);
  const rows = readRows(store, run);
  const texts =
    command.format === "json" ? renderJsonRun(run, rows, command.payloads) : renderTimeline(run, rows, command.payloads, io);
  // A log may be longer than what fits in memory: no more of it is read than is taken.
  for await (const text of texts) {
    io.stdout(text);
    if (!(await io.drained())) return;
  }
}

/** The run as a timeline, piece by piece. */
async function* renderTimeline(
  run: RunRecord,
  rows: AsyncIterable<CheckpointRow>,
  payloads: boolean,
  io: Pick<Io, "clock" | "env" | "isTerminal">,
): AsyncGenerator<string, void, void> {
  const paint = paintFor(io);
  yield `${renderHead(run, io.clock.epoch(), paint)}\n`;
  const narrator = new Narrator();
  for await (const row of rows) {
    const { text, colour } = narrator.tell(row);
    const since = duration(row.at - run.startedAt).padStart(SINCE);
    const line = `${paint("dim", localTime(row.at))}  ${since}  ${colour === undefined ? text : paint(colour, text)}\n`;
    yield payloads ? line + renderPayload(row) : line;
  }
}

/** The width of the longest duration that is common. */
const SINCE = 7;

function renderHead(run: RunRecord, now: number, paint: Paint): string {
  const { status, startedAt, endedAt, due, owner, resumes, cancelling } = run;
  const lines: readonly (readonly [label: string, text: string] | undefined)[] = [
    ["run", paint("bold", plain(run.runId))],
    ["workflow", `${plain(run.workflow)}, version ${run.version}`],
    ["status", `${paint(colourOf(status), status)}: ${meaningOf(run)}`],
    ["state", plain(run.state)],
    ["began", localTime(startedAt)],
    endedAt === undefined
      ? ["last row", `${localTime(run.updatedAt)}, ${duration(now - run.updatedAt)} ago`]
      : ["ended", `${localTime(endedAt)}, after ${duration(endedAt - startedAt)}`],
    due === undefined || endedAt !== undefined ? undefined : ["due", `${localTime(due)}, ${fromNow(due - now)}`],
    endedAt === undefined ? ["driven by", plain(owner ?? "nobody who is known to be alive")] : undefined,
    resumes === 0 ? undefined : ["taken up", `${resumes} more time${resumes === 1 ? "" : "s"}`],
    cancelling ? ["cancel", "who drives it has been asked to cancel it"] : undefined,
  ];
  return lines.flatMap((line) => (line === undefined ? [] : [`${line[0].padEnd(LABEL)}${line[1]}\n`])).join("");
}

const LABEL = 11;

function fromNow(milliseconds: number): string {
  return milliseconds < 0 ? `${duration(-milliseconds)} ago` : `in ${duration(milliseconds)}`;
}

function renderPayload({ payload, undo }: CheckpointRow): string {
  return [
    ...(payload === undefined ? [] : [`    payload  ${plain(payload)}\n`]),
    ...(undo === undefined ? [] : [`    undo     ${plain(undo)}\n`]),
  ].join("");
}
