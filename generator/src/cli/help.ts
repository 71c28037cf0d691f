/** The help texts. */

import type { Topic } from "./command.js";

/** What `--help` prints, by command. */
export const helpTexts: Readonly<Record<Topic, string>> = {
  generate: `cano-gen reads workflows, proves them and writes one module beside each source.

Usage
  cano-gen [files…] [options]       generate
  cano-gen graph <file> [options]   draw a workflow
  cano-gen explain <code>           explain a diagnostic

Without files, all workflows of ./tsconfig.json are generated; with files, theirs, and the nearest tsconfig.json above decides the options.

Options
  -p, --project <tsconfig>   the project's configuration, or the folder that holds it
      --check                write nothing; fail when a generated file is missing or stale
      --out-dir <folder>     write the modules into this folder
      --format <text|json>   how to print diagnostics (default: text)
      --no-cache             look at everything again, also when nothing has changed
  -h, --help                 show this text; \`cano-gen help <command>\` for the others
  -v, --version              show the version

Exit codes
  0  clean, warnings included
  1  errors, or with --check a file that is missing or stale
  2  wrong usage
`,
  graph: `cano-gen graph draws a workflow.

Usage
  cano-gen graph <file> [options]

Options
      --format <mermaid|dot|json>   the language of the drawing (default: mermaid)
  -w, --workflow <name>             which workflow, when the file holds several
  -p, --project <tsconfig>          the project's configuration (default: the nearest tsconfig.json above the file)
  -h, --help                        show this text

Example
  cano-gen graph order.ts --format dot | dot -Tsvg > order.svg
`,
  explain: `cano-gen explain tells what a code means, why the rule exists, and shows the smallest program that breaks it.

Usage
  cano-gen explain <code>

Example
  cano-gen explain CANO2001
`,
};
