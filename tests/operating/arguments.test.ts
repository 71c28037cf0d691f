/** Arguments of the operator's command: what they come to, and what is said of those that come to nothing. */

import { expect, test } from "vitest";
import type { Command } from "../../runtime/src/cli/command.js";
import { helpTexts } from "../../runtime/src/cli/help.js";
import { parseArguments } from "../../runtime/src/cli/parse-arguments.js";
import { runCano } from "./run-cano.js";

const place = { database: "a.db", schema: undefined };
const server = "postgres://localhost/shop";

test.each<[argv: string, command: Command]>([
  [
    "runs list a.db",
    {
      kind: "runs list",
      place,
      workflow: undefined,
      statuses: undefined,
      limit: 50,
      after: undefined,
      before: undefined,
      format: "table",
    },
  ],
  [
    "runs list a.db -w order -s failed,stuck -n 2 --after 3 --before 9 --format json",
    { kind: "runs list", place, workflow: "order", statuses: ["failed", "stuck"], limit: 2, after: 3, before: 9, format: "json" },
  ],
  ["runs show a.db r-1", { kind: "runs show", place, runId: "r-1", workflow: undefined, payloads: false, format: "timeline" }],
  [
    "runs show --payloads --format json a.db r-1",
    { kind: "runs show", place, runId: "r-1", workflow: undefined, payloads: true, format: "json" },
  ],
  [
    "runs show a.db -- --odd",
    { kind: "runs show", place, runId: "--odd", workflow: undefined, payloads: false, format: "timeline" },
  ],
  [
    `runs tail ${server} --schema s`,
    { kind: "runs tail", place: { database: server, schema: "s" }, workflow: undefined, format: "text" },
  ],
  [
    "runs graph a.db r-1 -g order.json --format svg",
    { kind: "runs graph", place, runId: "r-1", workflow: undefined, file: "order.json", format: "svg" },
  ],
  ["schedules list a.db", { kind: "schedules list", place, format: "table" }],
  ["runs list --help", { kind: "help", topic: "runs list" }],
  ["runs", { kind: "help", topic: "runs" }],
  ["runs --help", { kind: "help", topic: "runs" }],
  ["runs -h", { kind: "help", topic: "runs" }],
  ["schedules", { kind: "help", topic: "schedules" }],
  ["schedules --help", { kind: "help", topic: "schedules" }],
  ["help runs", { kind: "help", topic: "runs" }],
  ["help runs show", { kind: "help", topic: "runs show" }],
  ["help", { kind: "help", topic: "cano" }],
  ["--version", { kind: "version" }],
])("cano %s", (argv, command) => {
  expect(parseArguments(argv.split(" "), {})).toEqual(command);
});

test("the environment may say where runs are", () => {
  const env = { CANO_DATABASE: "a.db" };
  expect(parseArguments(["runs", "list"], env)).toMatchObject({ place });
  expect(parseArguments(["runs", "show", "r-1"], env)).toMatchObject({ place, runId: "r-1" });
  expect(parseArguments(["runs", "list", "b.db"], env)).toMatchObject({ place: { database: "b.db" } });
});

test.each([
  ["run", "there is no command `run`: the commands are `runs list`, `runs show`, `runs tail`, `runs graph`, `schedules list`"],
  ["runs lists a.db", "there is no command `runs lists`: the commands are `runs list`, `runs show`, `runs tail`, `runs graph`"],
  [
    "run list a.db",
    "there is no command `run list`: the commands are `runs list`, `runs show`, `runs tail`, `runs graph`, `schedules list`",
  ],
  ["runs list", "`cano runs list` needs a database: a file, a URL, or CANO_DATABASE in the environment"],
  ["runs list a.db b.db", "`cano runs list` takes one database, and not `b.db` as well"],
  ["runs show", "`cano runs show` needs the id of a run"],
  ["runs show r-1", "`cano runs show` needs a database and the id of a run, or CANO_DATABASE in the environment"],
  [
    "runs list mysql://me:secret@host/x",
    "a database is the path of a SQLite file, or a `postgres://` URL, and not one of `mysql://`",
  ],
  ["runs list file:///a.db", "a database is the path of a SQLite file, or a `postgres://` URL, and not one of `file://`"],
  [
    "runs list a.db --statu failed",
    "unknown option `--statu`: the options are `--help`, `--schema`, `--workflow`, `--status`, `--limit`, `--after`, `--before`, `--format`",
  ],
  ["runs list a.db --format", "option `--format <value>` argument missing"],
  ["runs show a.db r-1 --payloads=1", "option `--payloads` does not take an argument"],
  ["runs list a.db --format xml", "`--format` is one of `table`, `json`, not `xml`"],
  [
    "runs list a.db -s failed,dead",
    "`--status` is one or several of running,compensating,completed,failed,cancelled,compensated,stuck, not `dead`",
  ],
  ["runs list a.db -n 0", "`--limit` is a whole number from 1 to 100000, not `0`"],
  ["runs list a.db --after 1.5", "`--after` is a whole number from 0 to 9007199254740991, not `1.5`"],
  ["runs list a.db --schema s", "`--schema` is for PostgreSQL, and a SQLite file has none"],
  [
    "runs graph a.db r-1",
    "`cano runs graph` needs `--graph <file>`, which `cano-gen graph <source> --format json > <file>` writes",
  ],
  [
    "help run",
    "there is no help on `run`: the commands are `runs list`, `runs show`, `runs tail`, `runs graph`, `schedules list`",
  ],
])("cano %s: %s", async (argv, message) => {
  expect(await runCano(argv.split(" "))).toEqual({ code: 2, stdout: "", stderr: `cano: ${message}\n` });
});

test("help and version are printed without a database", async () => {
  expect(await runCano([])).toEqual({ code: 0, stdout: helpTexts.cano, stderr: "" });
  expect(await runCano(["runs", "tail", "-h"])).toEqual({ code: 0, stdout: helpTexts["runs tail"], stderr: "" });
  expect((await runCano(["-v"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test.each(Object.entries(helpTexts))("the help on `%s` is about it, and fits into a terminal", (topic, text) => {
  expect(text.startsWith(`${topic === "cano" ? "cano" : `cano ${topic}`} `)).toBe(true);
  expect(text.split("\n").filter((line) => line.length > 160)).toEqual([]);
});

test("what lists several commands lists all of them that there are", () => {
  const commands = Object.keys(helpTexts).filter((topic) => topic.includes(" "));
  for (const [topic, text] of Object.entries(helpTexts)) {
    const listed = [...text.matchAll(/^ {2}cano (\w+ \w+) <database>/gm)].map(([, name]) => name);
    if (topic.includes(" ")) expect(listed).toEqual([topic]);
    else expect(listed).toEqual(commands.filter((name) => topic === "cano" || name.startsWith(`${topic} `)));
  }
});

test.each(Object.keys(helpTexts).filter((topic) => topic.includes(" ")))("every option in the help on `%s` is known", (topic) => {
  const text = Object.entries(helpTexts).find(([each]) => each === topic)?.[1] ?? "";
  const options = [...text.matchAll(/^ {2}(?:-\w, | {4})--([\w-]+)( <)?/gm)];
  expect(options.length).toBeGreaterThan(2);
  // Help is asked for as well, so that nothing else is looked at.
  const argv = options.flatMap(([, name, value]) =>
    value === undefined ? [`--${name}`] : [`--${name}`, name === "format" ? "json" : "1"],
  );
  const known = argv.map((word, at) => (argv[at - 1] === "--format" && topic === "runs graph" ? "svg" : word));
  expect(parseArguments([...topic.split(" "), ...known], {})).toEqual({ kind: "help", topic });
});
