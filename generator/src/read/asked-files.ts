/**
 * Finds the files of a project in whose text a name may be assigned, or is mentioned, so that no other file need be walked. What was asked
 * is kept with its answer: any file may come to say something, also one that nothing imports.
 */

import type { ts } from "../../typescript/index.cjs";
import type { Asked, Compiler } from "./compiler.js";
import type { Freshness } from "./freshness.js";
import { isOwnSource } from "./own-source.js";

/** The project's own files in which a property of that name may be assigned. */
export function filesThatAssign(compiler: Compiler, name: string): readonly ts.SourceFile[] {
  return ask(compiler, `= ${name}`);
}

/** The project's own files in whose text a name stands. */
export function filesThatMention(compiler: Compiler, name: string): readonly ts.SourceFile[] {
  return ask(compiler, `  ${name}`);
}

/** Whether the same would be answered now as in program `made`, and of files that have not changed since. */
export function isStillAnswered(compiler: Compiler, freshness: Freshness, made: number, asked: Asked): boolean {
  const known = compared.get(compiler.asked)?.get(asked);
  if (known !== undefined) return known;
  const same = [...asked].every(([question, files]) => {
    const now = answer(compiler, question);
    return now.length === files.length && now.every((file, place) => file === files[place]) && freshness.holds(made, files);
  });
  const answers = compared.get(compiler.asked) ?? new WeakMap<Asked, boolean>();
  compared.set(compiler.asked, answers.set(asked, same));
  return same;
}

const compared = new WeakMap<Asked, WeakMap<Asked, boolean>>();
const ownFiles = new WeakMap<ts.Program, readonly ts.SourceFile[]>();
const found = new WeakMap<ts.SourceFile, Map<string, boolean>>();

function ask(compiler: Compiler, question: string): readonly ts.SourceFile[] {
  const known = compiler.asked.get(question);
  if (known) return known;
  const files = answer(compiler, question);
  compiler.asked.set(question, files);
  return files;
}

function answer({ program }: Compiler, question: string): readonly ts.SourceFile[] {
  const own = ownFiles.get(program) ?? program.getSourceFiles().filter(({ fileName }) => isOwnSource(fileName));
  ownFiles.set(program, own);
  const expression = patternOf(question);
  return own.filter((file) => {
    const answers = found.get(file) ?? new Map<string, boolean>();
    found.set(file, answers);
    const known = answers.get(question) ?? expression.test(file.text);
    answers.set(question, known);
    return known;
  });
}

const patterns = new Map<string, RegExp>();

function patternOf(question: string): RegExp {
  const known = patterns.get(question);
  if (known) return known;
  const name = question.slice(2).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  const made = question.startsWith("=") ? assignmentTo(name) : new RegExp(`(?<![\\w$])${name}(?![\\w$])`);
  patterns.set(question, made);
  return made;
}

function assignmentTo(name: string): RegExp {
  const access = `(\\.\\s*${name}|\\[\\s*["'\`]${name}["'\`]\\s*\\])(?![\\w$])`;
  const parts = [
    `${access}[)!\\s]*([|&?]{2}|[-+*/%&|^]|<<|>>)?=[^=>]`,
    `[[{,:][^;]*${access}[^;]*[\\]}]\\s*=[^=>]`,
    `${access}\\s*(\\+\\+|--)`,
    `(\\+\\+|--)[^;\\n]*${access}`,
    `\\bfor\\s*\\([^;]*${access}\\s+(of|in)\\b`,
    "(?<!\\b(?:const|let|var)\\s*)\\[\\s*[^\\]\\s][^=;]*\\]\\s*([|&?]{2})?=[^=>]",
    "\\bObject\\s*\\.\\s*(assign|defineProperty|defineProperties)\\b|\\bReflect\\s*\\.\\s*(set|defineProperty)\\b",
  ];
  return new RegExp(parts.join("|"));
}
