/** The help texts. */

import type { Topic } from "./command.js";

/** What `--help` prints, by command. */
export const helpTexts: Readonly<Record<Topic, string>> = {
  generate: `cano-gen reads workflows, proves them and writes one module beside each source.

Usage
  cano-gen [files…] [options]       generate
  cano-gen graph <file> [options]   draw a workflow
  cano-gen diff <lock> [<lock>]     tell what has changed in durable workflows, and what of it strands stored runs
  cano-gen explain <code>           explain a diagnostic
  cano-gen explain-cron <cron>      say what a cron expression means, and when it fires next

Without files, all workflows of the tsconfig.json that is nearest, in this folder or above; with files, theirs, by the one nearest to each.
Durable workflows are recorded in cano.lock.json beside the configuration: commit it.

Options
  -p, --project <tsconfig>   the project's configuration, or the folder that holds it
  -w, --watch                generate at every change, until Ctrl-C; type errors of the whole project are shown, too
      --exec <command>       with --watch: run this after each pass without errors, anew each time
      --check                write nothing; fail when a generated file, or the lock, is missing, stale or left over
      --out-dir <folder>     write the modules into this folder
      --format <text|json>   how to print diagnostics (default: text)
      --no-cache             look at everything again, also when nothing has changed
  -h, --help                 show this text; \`cano-gen help <command>\` for the others
  -v, --version              show the version

Exit codes
  0  clean, warnings included
  1  errors, or with --check a file that is missing, stale or left over
  2  wrong usage
With --watch, the code that a shell gives a signal: 130 after Ctrl-C.
`,
  graph: `cano-gen graph draws a workflow.

Usage
  cano-gen graph <file> [options]

Options
      --format <mermaid|dot|svg|json>   the language of the drawing (default: mermaid)
  -w, --workflow <name>                 which workflow, when the file holds several
  -p, --project <tsconfig>              the project's configuration (default: the nearest tsconfig.json above the file)
  -h, --help                            show this text

Example
  cano-gen graph order.ts --format svg > order.svg
`,
  diff: `cano-gen diff tells what has changed in durable workflows between two locks, or since a lock was written.

Usage
  cano-gen diff <old lock> <new lock>   compare two locks
  cano-gen diff <old lock> [options]    compare a lock with what the project would record now

Every change is marked: \`harmless\`, or \`strands runs\`: a run that was stored before could not be resumed, undone or read. Such a change is
covered by a new version (those runs do not go forward) or by a migration (they go on as that says).

Options
  -p, --project <tsconfig>   the project's configuration, or the folder that holds it (default: the nearest tsconfig.json)
      --format <text|json>   how to print the changes (default: text)
  -h, --help                 show this text

Exit codes
  0  nothing strands stored runs, or a new version covers it
  1  something does, the text of a lock is damaged, or the project has errors
  2  wrong usage, such as a lock that is not there, or a file that is no lock

Example
  git show main:cano.lock.json > main.lock.json && cano-gen diff main.lock.json
`,
  explain: `cano-gen explain tells what a code means, why the rule exists, and shows the smallest program that breaks it.

Usage
  cano-gen explain <code>

Example
  cano-gen explain CANO2001
`,
  "explain-cron": `cano-gen explain-cron says what a cron expression means, and when it fires next.

Usage
  cano-gen explain-cron "<expression>" [options]

An expression has five fields (minute, hour, day of month, month, day of week), or six with seconds first, or is a name such as
\`@daily\`. Firings are shown in local time and in UTC; those that a move of the clocks shifts, or whose local time comes twice, are marked.

Options
      --tz <zone>            the IANA time zone that the expression is read in (default: UTC)
  -n, --count <count>        how many firings to show, 1 to 1000 (default: 10)
      --from <date>          from when on, as an ISO date; local time unless it has an offset (default: now)
      --format <text|json>   how to print them (default: text)
  -h, --help                 show this text

Exit codes
  0  it has been explained
  1  the expression or the zone is wrong
  2  wrong usage

Example
  cano-gen explain-cron "30 2 * * *" --tz Europe/Berlin --from 2026-03-28 -n 3
`,
};
