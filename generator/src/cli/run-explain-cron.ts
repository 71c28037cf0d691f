/** `cano-gen explain-cron <expression>`: says what a cron expression means and when it fires next, or what is wrong with it. */

import type { ClockChange, CronTimes } from "cano/cron";
import { judgeCron, judgeZone } from "../check/judge-cron.js";
import { describeCron } from "../cron/describe-cron.js";
import { type CronFiring, listFirings } from "../cron/list-firings.js";
import { loadCron } from "../cron/load-cron.js";
import { findTime } from "../cron/zones.js";
import { renderJson } from "../diagnostics/json.js";
import { renderDiagnostics } from "../diagnostics/render.js";
import { diskTexts } from "../diagnostics/source-texts.js";
import type { ExplainCronCommand } from "./command.js";
import { type Io, usesColour } from "./io.js";

/** What `--format json` prints. Members may be added under the same `version`, none is removed or changes its meaning. */
export interface JsonCron {
  readonly version: 1;
  readonly expression: string;
  readonly timeZone: string;
  /** What it means, in words. */
  readonly meaning: string;
  readonly firings: readonly {
    /** The local time with its offset from UTC. */
    readonly local: string;
    readonly utc: string;
    /** What a move of the clocks has done, as `cano/cron` says it; null where it has done nothing. */
    readonly change: ClockChange | null;
  }[];
}

/** Carries out the command; returns the exit code. */
export function runExplainCron(command: ExplainCronCommand, io: Io): number {
  const nowhere = { span: undefined, literal: undefined };
  const problems = [judgeCron(command.expression, nowhere), judgeZone(command.timeZone, nowhere)];
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) {
    const options = { cwd: io.cwd, texts: diskTexts(), colour: usesColour(io) };
    if (command.format === "json") io.stdout(renderJson(found, [], options));
    else io.stderr(renderDiagnostics(found, options));
    return 1;
  }
  const { CronTable, ZoneClock } = loadCron();
  const times = new CronTable().of(command.expression, command.timeZone);
  const clock = new ZoneClock(command.timeZone);
  const from = command.from === undefined ? io.now() : findTime(command.from, clock);
  if (from === undefined) {
    io.stderr(`cano-gen: \`--from\` is an ISO date, as in \`2026-03-28\` or \`2026-03-28T12:00Z\`, not \`${command.from}\`\n`);
    return 2;
  }
  const firings = listFirings(times, clock, from, command.count);
  io.stdout(command.format === "json" ? renderJsonCron(command, times, firings) : renderCron(command, times, firings));
  return 0;
}

function renderJsonCron({ expression, timeZone }: ExplainCronCommand, times: CronTimes, firings: readonly CronFiring[]): string {
  const report: JsonCron = {
    version: 1,
    expression,
    timeZone,
    meaning: describeCron(times),
    firings: firings.map(({ time, local, change }) => ({ local, utc: new Date(time).toISOString(), change: change ?? null })),
  };
  return `${JSON.stringify(report, null, 2)}\n`;
}

const CHANGES: Readonly<Record<ClockChange, string>> = {
  moved: "  moved: the clocks skip the time that the expression names",
  once: "  the clocks show this time twice: it fires once, the first time",
  twice: "  the clocks show this time twice: it fires both times",
};

function renderCron({ timeZone }: ExplainCronCommand, times: CronTimes, firings: readonly CronFiring[]): string {
  const lines = firings.map(({ time, local, change }) => {
    const utc = new Date(time).toISOString().replace(".000", "");
    return `  ${local}  ${utc}${change === undefined ? "" : CHANGES[change]}`;
  });
  return `${describeCron(times)} (${timeZone})\n\n${lines.join("\n")}\n`;
}
