/** Reads `migrations`: how the runs of each earlier version go on. Whether that is right is for `check/`, which knows what those versions stored. */

import { ts } from "../../../typescript/index.cjs";
import { unknownOption, unreadableOption } from "../../diagnostics/catalogue/reading.js";
import type { Diagnostic, Report } from "../../diagnostics/diagnostic.js";
import { canoExport } from "../cano-export.js";
import type { Compiler } from "../compiler.js";
import { parameterAt, parameterNode, parameterType, takesNothing } from "../data/input-of.js";
import { shapeOf } from "../data/shape-of.js";
import { bindMethod, isImplementation } from "../follow/bound-method.js";
import { followConstant } from "../follow/follow-constant.js";
import { keyText, type Member, membersOf } from "../follow/members-of.js";
import type { MigratedState, MigratedUndo, MigratingFunction, MigrationReading } from "../migration-reading.js";
import { spanOf } from "../span-of.js";
import { bindType } from "../task/bound-task.js";
import { readMethod, type Surroundings } from "../task/read-method.js";

/**
 * Reads the migrations of a workflow. What the functions of `states` return is compared with what states take, `around`, and what those of
 * `undo` return with what compensations take, `undone`. Reports CANO1005 for what cannot be followed.
 */
export function readMigrations(
  compiler: Compiler,
  node: ts.Expression,
  around: Surroundings,
  undone: Surroundings,
  report: Report,
): readonly MigrationReading[] {
  const reader = new MigrationReader(compiler, around, undone, report);
  return reader.read(node);
}

const MIGRATING = "write `same`, `dead(why)` with a text, or a function of what was stored that returns `to(state, …)`";

const PARTS: readonly string[] = ["states", "undo"];

/** A member of an object literal with its key as text. */
interface Entry extends Member {
  readonly key: string;
  /** The object literal. */
  readonly holder: ts.ObjectLiteralExpression;
}

class MigrationReader {
  constructor(
    private readonly compiler: Compiler,
    private readonly around: Surroundings,
    private readonly undone: Surroundings,
    private readonly report: Report,
  ) {}

  read(node: ts.Expression): readonly MigrationReading[] {
    return this.entries(node).flatMap(({ key, name, value }) => {
      const version = Number(key);
      const span = spanOf(name);
      if (!Number.isInteger(version))
        return this.refuse(name, `\`${key}\` is no version`, "write the number of an earlier version") ?? [];
      const parts = value ? this.entries(value) : [];
      const states = parts.find((part) => part.key === "states")?.value;
      const undo = parts.find((part) => part.key === "undo")?.value;
      if (states === undefined)
        return this.refuse(value ?? name, "it has no `states`", `write \`${key}: { states: { … } }\``) ?? [];
      for (const part of parts) if (!PARTS.includes(part.key)) this.report(unknownPart(part));
      return {
        version,
        span,
        states: this.entries(states).flatMap((entry) => this.readState(entry) ?? []),
        undo: undo ? this.entries(undo).flatMap((entry) => this.readUndo(entry) ?? []) : [],
      };
    });
  }

  private readState(entry: Entry): MigratedState | undefined {
    const at = { state: entry.key, span: spanOf(entry.name) };
    const followed = entry.value ? followConstant(this.compiler, entry.value) : { kind: "value" as const, node: entry.node };
    if (followed.kind === "cano" && followed.name === "same") return { ...at, how: { kind: "same" } };
    if (followed.kind === "refused") return this.refuse(entry.value ?? entry.name, followed.why);
    if (ts.isCallExpression(followed.node) && canoExport(this.compiler, followed.node.expression) === "dead")
      return { ...at, how: { kind: "dead" } };
    const read = this.readFunction(entry, followed.node, this.around);
    return read && { ...at, how: { kind: "function", ...read } };
  }

  private readUndo(entry: Entry): MigratedUndo | undefined {
    const followed = entry.value ? followConstant(this.compiler, entry.value) : { kind: "value" as const, node: entry.node };
    if (followed.kind === "refused") return this.refuse(entry.value ?? entry.name, followed.why);
    const read = this.readFunction(entry, followed.node, this.undone);
    return read && { state: entry.key, span: spanOf(entry.name), ...read };
  }

  private readFunction({ key, holder, value, name }: Entry, node: ts.Node, around: Surroundings): MigratingFunction | undefined {
    const { compiler } = this;
    const type = compiler.checker.getTypeAtLocation(holder);
    const method = isImplementation(node) ? bindMethod(compiler, type, key) : undefined;
    if (method === undefined) return this.refuse(value ?? name, "it is neither a function nor `same` nor `dead(…)`", MIGRATING);
    // It is read as a task's method is: what it returns names the next state.
    const call = { name: key, context: 1, names: true, method } as const;
    const { targets } = readMethod(compiler, bindType(compiler, value ?? holder, type), call, undefined, around);
    const taken = parameterType(compiler, method.signature, 0);
    const place = parameterAt(method.signature, 0)?.valueDeclaration;
    const parameter =
      taken === undefined || place === undefined || takesNothing(compiler, taken)
        ? undefined
        : { shape: shapeOf(compiler, [taken]), span: spanOf(parameterNode(place)) };
    return { parameter, targets };
  }

  private entries(node: ts.Expression): readonly Entry[] {
    const holder = this.objectOf(node);
    if (holder === undefined) return [];
    const { members, refused } = membersOf(this.compiler, holder);
    for (const { node: spread, why } of refused) this.refuse(spread, why);
    const entries = members.flatMap((member) => {
      const key = keyText(this.compiler, member.name);
      return key === undefined ? (this.refuse(member.name, "it is computed") ?? []) : [{ ...member, key, holder }];
    });
    // The last of a name counts, as at run time.
    return entries.filter(({ key }, place) => entries.slice(place + 1).every((later) => later.key !== key));
  }

  private objectOf(node: ts.Expression): ts.ObjectLiteralExpression | undefined {
    const followed = followConstant(this.compiler, node);
    if (followed.kind === "value" && ts.isObjectLiteralExpression(followed.node)) return followed.node;
    return this.refuse(node, followed.kind === "refused" ? followed.why : "it is no object literal");
  }

  private refuse(node: ts.Node, why: string, cure?: string): undefined {
    this.report(unreadableOption(spanOf(node), { option: "migrations", why, ...(cure === undefined ? {} : { cure }) }));
  }
}

function unknownPart({ key, name }: Entry): Diagnostic {
  return unknownOption(spanOf(name), { of: "a migration", option: key, known: PARTS });
}
