/** Reads what passes between the methods of one task: items, outputs, outcomes, cursors; whether it fits, and whether a cursor survives JSON. */

import { ts } from "../../../typescript/index.cjs";
import { type Compiler, propertyType, typeText } from "../compiler.js";
import type { Fit, FlowReading, WrongResult } from "../data-reading.js";
import { findTypeMisfit, unionParts } from "../data/find-type-misfit.js";
import { FITS, describeMisfit } from "../data/fit-of.js";
import { hasDefault, parameterAt, parameterType } from "../data/input-of.js";
import { iteratedType, listedType } from "../data/iterated-type.js";
import { outcomesFit } from "../data/outcomes-fit.js";
import { itemPairs, stepCursors, undoOutputs } from "../data/left-behind.js";
import { lossOfRequired } from "../data/payload-losses.js";
import { isOpen } from "../data/type-kinds.js";
import type { BoundMethod } from "../follow/bound-method.js";
import type { TaskReading } from "../reading.js";
import { spanOf } from "../span-of.js";
import { returnedTypes } from "../targets/returned-by.js";
import type { BoundShape } from "./bound-task.js";

type Flows = Pick<TaskReading, "flows" | "wrongResults" | "cursorLosses" | "leavesNothing">;

/** Reads the flows of a task of one kind. */
export function readFlows(compiler: Compiler, shape: BoundShape | undefined): Flows {
  const reader = new FlowReader(compiler, shape?.calls ?? []);
  if (shape?.kind === "compensatable") reader.readCompensatable();
  if (shape?.kind === "timer") reader.readTimer();
  if (shape?.kind === "batch") reader.readBatch();
  if (shape?.kind === "stepped") reader.readStepped();
  if (shape?.kind === "stream") reader.readStream();
  const { flows, wrongResults, cursorLosses, leavesNothing } = reader;
  return { flows, wrongResults, cursorLosses, leavesNothing };
}

class FlowReader {
  readonly flows: FlowReading[] = [];
  readonly wrongResults: WrongResult[] = [];
  readonly cursorLosses: TaskReading["cursorLosses"][number][] = [];
  leavesNothing = false;

  constructor(
    private readonly compiler: Compiler,
    private readonly calls: BoundShape["calls"],
  ) {}

  readCompensatable(): void {
    const left = undoOutputs(this.compiler, this.method("run").signature.getReturnType());
    this.leavesNothing = left.length === 0;
    this.compare("run", "compensate", left);
  }

  readTimer(): void {
    const { checker } = this.compiler;
    const wait = this.method("wait");
    const due = this.resultOf(wait);
    if (!unionParts(due).every((part) => isDue(this.compiler, checker.getBaseConstraintOfType(part) ?? part)))
      this.refuse(
        "wait",
        wait,
        "is no time",
        "milliseconds or a point in time: a number, a `Date`, or an object with `epochMilliseconds`",
      );
  }

  readBatch(): void {
    const load = this.method("load");
    const items = iteratedType(this.compiler, this.resultOf(load), ["asyncIterator", "iterator"]);
    if (items === undefined)
      this.refuse("load", load, "cannot be iterated", "something that can be iterated: an array, an iterable, an async iterable");
    else this.compare("load", "processItem", items);
    const outcome = this.resultOf(this.method("processItem"));
    this.judge("processItem", "finish", (taken) => outcomesFit(this.compiler, outcome, taken));
  }

  readStepped(): void {
    this.readCursors("step", "step", (type) => stepCursors(this.compiler, type));
  }

  readStream(): void {
    const open = this.method("open");
    const items = iteratedType(this.compiler, this.resultOf(open), ["asyncIterator"]);
    if (items === undefined)
      this.refuse(
        "open",
        open,
        "cannot be read item by item",
        "an async iterable: an async generator, a Node stream, a web stream",
      );
    else this.compare("open", "processItem", items);
    const processItem = this.method("processItem");
    const pairs = itemPairs(this.compiler, processItem.signature.getReturnType());
    if (pairs.includes(undefined)) {
      this.refuse(
        "processItem",
        processItem,
        "is no pair",
        "`readonly [output, cursor]`: write that as its return type, or `as const` behind the array",
      );
    } else {
      const found = pairs.filter((pair) => pair !== undefined);
      const outputs = found.map(([output]) => output);
      this.judge("processItem", "flushWindow", (taken) => this.listFit(outputs, taken));
      this.readCursors("processItem", "open", (type) => itemPairs(this.compiler, type).flatMap((pair) => pair?.[1] ?? []));
    }
    this.judge("the runtime", "onClose", (taken) => this.reasonFit(taken));
  }

  private readCursors(from: string, to: string, cursorsOf: (returned: ts.Type) => readonly ts.Type[]): void {
    const { compiler } = this;
    const method = this.method(from);
    this.compare("the first call", to, [compiler.checker.getUndefinedType()]);
    this.compare(from, to, cursorsOf(method.signature.getReturnType()));
    const span = this.placeOf(to) ?? this.spanOf(method);
    for (const cursor of returnedTypes(compiler, method).flatMap(cursorsOf)) {
      const loss = lossOfRequired(compiler, cursor, span);
      if (loss) return void this.cursorLosses.push(loss);
    }
  }

  private compare(from: string, to: string, sent: readonly ts.Type[]): void {
    const parameter = parameterAt(this.method(to).signature, 1);
    const given =
      parameter && hasDefault(parameter)
        ? sent.flatMap(unionParts).filter(({ flags }) => !(flags & ts.TypeFlags.Undefined))
        : sent;
    this.judge(from, to, (taken) => this.fitOf(given, taken, ""));
  }

  private judge(from: string, to: string, fitOf: (taken: ts.Type) => Fit): void {
    const taken = parameterType(this.compiler, this.method(to).signature, 1);
    const span = this.placeOf(to);
    if (taken !== undefined && span !== undefined) this.flows.push({ from, to, span, fit: fitOf(taken) });
  }

  private fitOf(sent: readonly ts.Type[], taken: ts.Type, path: string): Fit {
    for (const type of sent) {
      const misfit = findTypeMisfit(this.compiler, type, taken, path);
      if (misfit !== undefined) return describeMisfit(this.compiler, misfit);
    }
    return FITS;
  }

  private listFit(sent: readonly ts.Type[], taken: ts.Type): Fit {
    const element = listedType(this.compiler, taken);
    if (element !== undefined) return this.fitOf(sent, element, "[]");
    const outputs = sent.map((type) => typeText(this.compiler, type)).join(" | ");
    return { kind: "misfit", path: "", sent: `readonly (${outputs})[]`, taken: typeText(this.compiler, taken) };
  }

  private reasonFit(taken: ts.Type): Fit {
    const reasons = ["exhausted", "cancelled"].map((reason) => this.compiler.checker.getStringLiteralType(reason));
    return this.fitOf(reasons, taken, "");
  }

  private refuse(name: string, method: BoundMethod, lack: string, wanted: string): void {
    const given = typeText(this.compiler, method.signature.getReturnType());
    const span = method.annotation ? spanOf(method.annotation) : this.spanOf(method);
    this.wrongResults.push({ method: name, given, lack, wanted, span });
  }

  private resultOf(method: BoundMethod): ts.Type {
    const type = method.signature.getReturnType();
    return this.compiler.checker.getAwaitedType(type) ?? type;
  }

  private method(name: string): BoundMethod {
    const call = this.calls.find((candidate) => candidate.name === name);
    if (call === undefined) throw new Error(`a kind of task without its method ${name}`);
    return call.method;
  }

  private placeOf(to: string): FlowReading["span"] | undefined {
    const parameter = parameterAt(this.method(to).signature, 1)?.valueDeclaration;
    return parameter && spanOf(ts.isParameter(parameter) ? (parameter.type ?? parameter) : parameter);
  }

  private spanOf({ nameNode }: BoundMethod): FlowReading["span"] {
    if (nameNode === undefined) throw new Error("a method without a declaration");
    return spanOf(nameNode);
  }
}

function isDue(compiler: Compiler, part: ts.Type): boolean {
  const epoch = propertyType(compiler, part, "epochMilliseconds");
  return isNumber(compiler, part) || isDate(compiler, part) || (epoch !== undefined && isNumber(compiler, epoch));
}

function isNumber({ checker }: Compiler, type: ts.Type): boolean {
  return !isOpen(type) && checker.isTypeAssignableTo(type, checker.getNumberType());
}

function isDate({ checker }: Compiler, type: ts.Type): boolean {
  const date = checker.resolveName("Date", undefined, ts.SymbolFlags.Type, false);
  return date !== undefined && !isOpen(type) && checker.isTypeAssignableTo(type, checker.getDeclaredTypeOfSymbol(date));
}
