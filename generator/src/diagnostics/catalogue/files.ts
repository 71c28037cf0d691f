/** Codes 6xxx: files and options. */

import { define } from "./define.js";

/** CANO6001 */
export const foreignFile = define<{ path: string; what: "a file" | "a folder" | "unreadable"; isLock: boolean }>(
  "CANO6001",
  "error",
  {
    title: "the place of a generated file is taken",
    reason:
      "Generated files start with a line that says so. What stands at the output path does not, so somebody wrote it, and it is never overwritten. " +
      "Nothing was written, the other files included.",
  },
  ({ path, what, isLock }) => {
    // The lock lies beside the configuration, wherever the modules go.
    const away = isLock
      ? "move it away; if it was the lock, and is damaged, take that back from version control"
      : "move it away, or choose another folder: `--out-dir`, or the option `outDir` of a build tool's plugin";
    return what === "unreadable"
      ? {
          message: `\`${path}\` cannot be read, so it may be what cano-gen did not write`,
          help: `make it readable, ${away}`,
        }
      : { message: `\`${path}\` is ${what} that cano-gen did not write`, help: away };
  },
);

/** CANO6002 */
export const sharedOutput = define<{ path: string; first: string; second: string }>(
  "CANO6002",
  "error",
  {
    title: "two sources with one output path",
    reason:
      "Each source file gets a module of its own. Where two would be written to one path, the second would replace the first.",
  },
  ({ path, first, second }) => ({
    message: `${first} and ${second} would both be generated to \`${path}\``,
    help: "rename one of the sources, or generate them into different folders with `--out-dir`",
  }),
);

/** CANO6003 */
export const badTsconfig = define<{ path: string; problem: string; where?: "the transformer" }>(
  "CANO6003",
  "error",
  {
    title: "no usable tsconfig.json",
    reason:
      "The generator reads types through the compiler, and the compiler's options decide what they are. It takes them from the file that the project is " +
      "built with, and never guesses.",
  },
  ({ path, problem, where }) => ({
    message: `\`${path}\` ${problem}`,
    help: where
      ? "mend the entry of `cano-gen/transformer` in `plugins`"
      : `${/^(?:is not valid|extends)/.test(problem) ? "mend it, or name another" : "name the project's"} configuration: \`-p <tsconfig>\`, or the option \`tsconfig\` of a build tool's plugin; or name the workflow files`,
  }),
);

/** CANO6004 */
export const badFile = define<{ path: string; problem: string; cure?: string }>(
  "CANO6004",
  "error",
  {
    title: "a file that is named, or has a workflow, cannot be read",
    reason:
      "A file on the command line has to be a TypeScript source that exists and can be read. One that is left out silently would never be checked. A workflow in JavaScript has no " +
      "types to prove it by, and its module would take the place of its source; and what is called as generated modules are is taken for one.",
  },
  ({
    path,
    problem,
    cure = "name TypeScript files of the project, or leave them out to read all of it; `-p <tsconfig>` says which project",
  }) => ({ message: `\`${path}\` ${problem}`, help: cure }),
);

/** CANO6005 */
export const noWorkflow = define<{ files: readonly string[] }>(
  "CANO6005",
  "error",
  {
    title: "no workflow in the named files",
    reason: "Whoever names a file expects a machine in it. A machine is found by the call of `workflow`, imported from `cano`.",
  },
  ({ files }) => ({
    message: `no workflow found in ${files.map((file) => `\`${file}\``).join(", ")}`,
    help: 'import `workflow` from "cano" and export what it returns: `export const order = workflow({ … })`',
  }),
);

/** CANO6006 */
export const staleFile = define<{ path: string; problem: "is missing" | "is stale" }>(
  "CANO6006",
  "error",
  {
    title: "a generated file is missing or stale",
    reason:
      "`--check` writes nothing: it fails where a run without it would write, so that what is committed and what is generated never drift apart.",
  },
  ({ path, problem }) => ({
    message: `\`${path}\` ${problem}`,
    help: "run `cano-gen` and commit what it writes",
  }),
);

/** CANO6007 */
export const cannotWrite = define<{ path: string; problem: string }>(
  "CANO6007",
  "error",
  {
    title: "a generated file cannot be written",
    reason: "Files are written all together or not at all: what had been written before this one was put back as it was.",
  },
  ({ path, problem }) => ({
    message: `\`${path}\` cannot be written: ${problem}`,
    help: "make the folder writable, or choose another one: `--out-dir`, or the option `outDir` of a build tool's plugin; no file was changed",
  }),
);

/** CANO6008 */
export const leftOver = define<{ source: string; problem: "is gone" | "has no workflow any more" }>(
  "CANO6008",
  "warning",
  {
    title: "a generated module that is left over",
    reason:
      "When a source is moved, renamed or removed, or its last workflow is, the module that was made from it stays: cano-gen writes files and removes none. Nothing keeps it up to date " +
      "any more, and sooner or later it does not compile. `--check` takes it for an error.",
  },
  ({ source, problem }) => ({
    message: `this module is left over: \`${source}\`, from which it was generated, ${problem}`,
    help: "remove the module; cano-gen removes no files",
  }),
);

/** CANO6009 */
export const looseNulls = define(
  "CANO6009",
  "warning",
  {
    title: "a project without `strictNullChecks`",
    reason:
      "What is proved, is proved by types. Without this setting `null` and `undefined` are of every type, so no type says where they may be: one may be handed to a state that cannot do with it, or " +
      "returned in the place of a state, which fails at run time (CANO7006). All else is proved as ever. It is said once, at the first workflow.",
  },
  () => ({
    message: "the project is compiled without `strictNullChecks`, so it is not proved that nothing is `null` or `undefined`",
    help: 'set `"strict": true`, or `"strictNullChecks": true`, in the `compilerOptions` of the project',
  }),
);
