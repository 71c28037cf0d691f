/** The help texts. */

import type { Topic } from "./command.js";

const DATABASE = `<database> is the path of a SQLite file or a postgres:// URL; without it, CANO_DATABASE of the environment says where runs are. The database is
only looked at: nothing is made or changed, and tables of another version of cano are told, not migrated.`;

const EXIT_CODES = `Exit codes
  0  done
  1  the database or the run cannot be read
  2  wrong usage
`;

const RUNS = `  cano runs list <database> [options]            list runs
  cano runs show <database> <run id> [options]   tell what has happened to a run
  cano runs tail <database> [options]            tell what happens to runs, until Ctrl-C
  cano runs graph <database> <run id> [options]  draw the workflow of a run, and the way that it took
`;

const SCHEDULES = `  cano schedules list <database> [options]       list schedules
`;

/** What `--help` prints, by command. */
export const helpTexts: Readonly<Record<Topic, string>> = {
  cano: `cano looks at stored runs and schedules.

Usage
${RUNS}${SCHEDULES}
${DATABASE}
\`cano help runs list\` and so on say more.

Options
      --schema <name>  of PostgreSQL: where the tables are (default: public)
  -h, --help           show this text
  -v, --version        show the version

${EXIT_CODES}`,
  runs: `cano runs looks at stored runs.

Usage
${RUNS}
${DATABASE}
\`cano help runs list\` and so on say more.
`,
  schedules: `cano schedules looks at the schedules that are kept in a database.

Usage
${SCHEDULES}
${DATABASE}
\`cano help schedules list\` says more.
`,
  "runs list": `cano runs list lists runs in the order in which they began: the newest ones, or those after a key.

Usage
  cano runs list <database> [options]

Options
  -w, --workflow <name>      only those of a workflow
  -s, --status <status>      only those with a status, or with one of several: \`running,compensating\`
  -n, --limit <count>        how many at the most (default: 50)
      --after <key>          the first ones after a key, which the first column shows
      --before <key>         the last ones before a key
      --format <table|json>  how to print them (default: table)
      --schema <name>        of PostgreSQL: where the tables are (default: public)
  -h, --help                 show this text

Example
  cano runs list orders.db --status failed,stuck
`,
  "runs show": `cano runs show tells what has happened to a run, one line for each row of its log.

Usage
  cano runs show <database> <run id> [options]

Payloads are not shown unless they are asked for: inputs, outputs, cursors, and what undoes a state. Of errors, the code and the message are shown.

Options
  -w, --workflow <name>         of which workflow, when several have a run of this id
      --payloads                show what the rows carry, too
      --format <timeline|json>  how to print it (default: timeline)
      --schema <name>           of PostgreSQL: where the tables are (default: public)
  -h, --help                    show this text

Example
  cano runs show orders.db order-42
`,
  "runs tail": `cano runs tail tells what is in progress, and then, once a second, what has happened since, until Ctrl-C.

Usage
  cano runs tail <database> [options]

Options
  -w, --workflow <name>     only runs of a workflow
      --format <text|json>  how to print it: json is one object a line (default: text)
      --schema <name>       of PostgreSQL: where the tables are (default: public)
  -h, --help                show this text

Example
  cano runs tail orders.db --workflow order
`,
  "runs graph": `cano runs graph draws the workflow of a run, with the way that the run took.

Usage
  cano runs graph <database> <run id> --graph <file> [options]

The machine is read from the file, which cano-gen writes, so no code of the application is run. SVG needs the package @dagrejs/dagre.

Options
  -g, --graph <file>          what \`cano-gen graph <source> --format json\` has written
      --format <mermaid|svg>  the language of the drawing (default: mermaid)
  -w, --workflow <name>       of which workflow, when several have a run of this id
      --schema <name>         of PostgreSQL: where the tables are (default: public)
  -h, --help                  show this text

Example
  cano-gen graph order.ts --format json > order.json && cano runs graph orders.db order-42 --graph order.json
`,
  "schedules list": `cano schedules list lists the schedules that are kept in a database.

Usage
  cano schedules list <database> [options]

Options
      --format <table|json>  how to print them (default: table)
      --schema <name>        of PostgreSQL: where the tables are (default: public)
  -h, --help                 show this text

Example
  cano schedules list orders.db
`,
};
