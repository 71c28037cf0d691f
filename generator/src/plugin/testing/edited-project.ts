/** A project in an editor, in this process: texts that a test edits, and the plugin's answers. */

import { resolve } from "node:path";
import { compilerSystem } from "../../read/compiler-system.js";
import { ts } from "../../../typescript/index.cjs";
import { decorateLanguageService } from "../language-service.js";

// Where node resolution finds the workspace's `cano`.
const folder = resolve(import.meta.dirname, "../../../../fixtures/edited");

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ["lib.es2023.d.ts", "lib.esnext.disposable.d.ts"],
  module: ts.ModuleKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  types: [],
};

const registry = ts.createDocumentRegistry();
// Projects share what is parsed, so a version of a file belongs to one text in all of them.
let changes = 0;

/** A fix as tests apply it. */
export interface OfferedFix {
  readonly title: string;
  readonly apply: () => void;
}

/** The project; files are named without their folder. */
export class EditedProject {
  readonly service: ts.LanguageService;
  readonly logged: string[] = [];
  private readonly texts = new Map<string, { readonly text: string; readonly version: number }>();

  constructor(files: Readonly<Record<string, string>>, settings: ts.CompilerOptions = {}) {
    for (const [name, text] of Object.entries(files)) this.write(name, text);
    const disk = compilerSystem();
    const compilerOptions = { ...options, ...settings };
    const read = (path: string): string | undefined => this.texts.get(path)?.text ?? disk.readFile(path);
    const host: ts.LanguageServiceHost = {
      getScriptFileNames: () => [...this.texts.keys()],
      getScriptVersion: (path) => String(this.texts.get(path)?.version ?? 0),
      getScriptSnapshot: (path) => {
        const text = read(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getCurrentDirectory: () => folder,
      getCompilationSettings: () => compilerOptions,
      getDefaultLibFileName: (wanted) => resolve(disk.getExecutingFilePath(), "..", ts.getDefaultLibFileName(wanted)),
      fileExists: (path) => this.texts.has(path) || disk.fileExists(path),
      readFile: read,
      directoryExists: (path) => path === folder || disk.directoryExists(path),
    };
    const languageService = ts.createLanguageService(host, registry);
    this.service = decorateLanguageService({ languageService, log: (line) => this.logged.push(line) });
  }

  path(name: string): string {
    return `${folder}/${name}`;
  }

  read(name: string): string {
    return this.texts.get(this.path(name))?.text ?? "";
  }

  write(name: string, text: string): void {
    this.texts.set(this.path(name), { text, version: ++changes });
  }

  remove(name: string): void {
    this.texts.delete(this.path(name));
  }

  replace(name: string, from: string, to: string): void {
    this.write(name, this.read(name).replace(from, to));
  }

  /** What is shown in a file: `cano 2001 "the text that it is under" and what it says`. */
  shown(name: string): readonly string[] {
    return this.diagnostics(name).map(({ source, code, start = 0, length = 0, messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, "\n");
      return `${source ?? "ts"} ${code} "${this.read(name).slice(start, start + length)}" ${text}`;
    });
  }

  diagnostics(name: string): readonly ts.Diagnostic[] {
    return this.service.getSemanticDiagnostics(this.path(name));
  }

  /** The fixes for whatever has a number in a file. */
  fixes(name: string, code: number): readonly OfferedFix[] {
    const found = this.diagnostics(name).filter((diagnostic) => diagnostic.code === code && diagnostic.source === "cano");
    return found.flatMap(({ start = 0, length = 0 }) =>
      this.service
        .getCodeFixesAtPosition(this.path(name), start, start + length, [code], ts.getDefaultFormatCodeSettings("\n"), {})
        .map(({ description, changes }) => ({ title: description, apply: () => this.apply(changes) })),
    );
  }

  /** What is shown for the first place of `word`, or for that of `from` in it. */
  hover(name: string, word: string): string | undefined {
    const info = this.service.getQuickInfoAtPosition(this.path(name), this.read(name).indexOf(word) + word.length - 1);
    return info && ts.displayPartsToString(info.documentation);
  }

  private apply(changes: readonly ts.FileTextChanges[]): void {
    for (const { fileName, textChanges } of changes) {
      const name = fileName.slice(folder.length + 1);
      const last = textChanges.toSorted((a, b) => b.span.start - a.span.start);
      const text = last.reduce(
        (old, { span, newText }) => old.slice(0, span.start) + newText + old.slice(span.start + span.length),
        this.read(name),
      );
      this.write(name, text);
    }
  }
}
