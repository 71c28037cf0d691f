/** Codes 3xxx from CANO3021 and 4xxx from CANO4009: workflows whose runs are stored, and what is stored of them. */

import { define } from "./define.js";

export const noVersion = define(
  "CANO3021",
  "error",
  {
    title: "a durable workflow without a version",
    reason:
      "A run that is stored may be resumed by newer code than it was begun by. The version says whether the two belong together: runs of another version do not go " +
      "forward, and a change that would strand them is refused until the version is raised.",
  },
  () => ({ message: "a durable workflow needs a `version`", help: "add `version: 1`" }),
);

export const badVersion = define<{ value: number | undefined; most: number }>(
  "CANO3022",
  "error",
  {
    title: "a version that is not a whole number from 1 to 2147483647, written down as a literal",
    reason:
      "The version is compared with what is recorded in `cano.lock.json` when the module is generated, so it must be known then.",
  },
  ({ value, most }) => ({
    message:
      value === undefined
        ? "the `version` is no number that is written down"
        : `the \`version\` ${value} is not a whole number from 1 to ${most}`,
    help: `write a whole number from 1 to ${most}, and raise it when \`cano-gen\` asks for it`,
  }),
);

export const sameName = define<{ name: string; of: "this project" | "another project with the same lock" }>(
  "CANO3023",
  "error",
  {
    title: "two durable workflows of one project with the same name",
    reason: "Stored runs belong to a workflow by its name. With two of the same name, one would resume the runs of the other.",
  },
  ({ name, of }) => ({
    message: `${of === "this project" ? "another" : "a"} durable workflow of ${of} is called \`${name}\`, too`,
    help: "give one of the two another `name`",
  }),
);

export const lossyPayload = define<{ what: string; path: string; type: string; why: string }>(
  "CANO4009",
  "error",
  {
    title: "something that a durable workflow stores does not survive JSON",
    reason:
      "What one state hands to the next, what undoes a task, what branches return and what an exit carries is stored as JSON, and read back when the run is resumed. What " +
      "JSON drops or changes would be missing then, and only then.",
  },
  ({ what, path, type, why }) => ({
    message: `${what} does not survive JSON: \`${type}\`${path === "" ? "" : ` at \`${path}\``} ${why}`,
    help: `keep to texts, numbers, booleans, \`null\`, arrays and plain objects, or give the workflow a codec for it${readyCodec(type)}`,
  }),
);

const READY: readonly (readonly [type: RegExp, codec: string])[] = [
  [/^Date$/, "date: dates"],
  [/^(?:Readonly)?Map</, "map: maps"],
  [/^(?:Readonly)?Set</, "set: sets"],
  [/^(?:bigint|-?\d+n)$/, "bigint: bigints"],
];

function readyCodec(type: string): string {
  const ready = READY.find(([known]) => known.test(type));
  return ready === undefined ? "" : `: \`codecs: { ${ready[1]} }\``;
}
