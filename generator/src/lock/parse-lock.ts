/** Reads the text of a lock, or says why it cannot be read and where. */

import { KINDS, type StateKind } from "../kinds/kinds.js";
import type { Shape } from "../shapes/shape.js";
import { parseJsonc, TOO_DEEP } from "../text/parse-jsonc.js";
import { decodeShape } from "./decode-shape.js";
import { findPlace, type Place } from "./find-place.js";
import { findRepeated } from "./find-repeated.js";
import { JsonReader, Malformed } from "./json-reader.js";
import {
  byRole,
  byText,
  type Lock,
  LOCK_FORMAT,
  type LockedCodec,
  type LockedState,
  type LockedVersion,
  type LockedWorkflow,
  type Role,
} from "./lock.js";

/** What came of it. */
export type ParsedLock =
  | { readonly kind: "lock"; readonly lock: Lock }
  /** It does not carry the generator's mark: somebody else's file. */
  | { readonly kind: "foreign" }
  /** `why` completes "it …". */
  | {
      readonly kind: "unreadable";
      readonly problem: "conflict" | "repeated" | "newer" | "broken";
      readonly why: string;
      readonly place: Place;
    };

// As git marks what both sides have changed.
const conflict = /^(?:<{7}|={7}|>{7})(?=[ \r\n]|$)/m;

/** Parses the text of a lock. */
export function parseLock(text: string): ParsedLock {
  const mark = conflict.exec(text);
  if (mark) return unreadable("conflict", "has the mark of a merge conflict", { start: mark.index, end: mark.index + 7 });
  const parsed = parseJsonc(text);
  if (parsed.kind === "invalid") return unreadable("broken", parsed.problem, { start: parsed.offset, end: parsed.offset + 1 });
  if (!isMarked(parsed.value)) return { kind: "foreign" };
  try {
    const repeated = isAsWritten(text, parsed.value) ? undefined : findRepeated(text);
    if (repeated) return unreadable("repeated", `has \`${repeated.name}\` twice in one place`, repeated.place);
    const root = new JsonReader(parsed.value);
    const format = root.get("format").count();
    if (format > LOCK_FORMAT)
      return unreadable(
        "newer",
        `is of format ${format}, and this cano-gen knows none above ${LOCK_FORMAT}`,
        findPlace(text, ["format"]),
      );
    return { kind: "lock", lock: { workflows: named(root.get("workflows"), readWorkflow, ({ name }) => name) } };
  } catch (error) {
    if (error instanceof RangeError) return unreadable("broken", TOO_DEEP, { start: 0, end: 1 });
    if (!(error instanceof Malformed)) throw error;
    const { path, why } = error;
    const where = path.length === 0 ? "" : `, at \`${path.join(".")}\`: it ${why}`;
    return unreadable("broken", path.length === 0 ? why : `is not what cano-gen writes${where}`, findPlace(text, path));
  }
}

/** Whether a text is a lock that the generator has written. */
export function isLockText(text: string): boolean {
  const parsed = parseJsonc(text);
  return parsed.kind === "value" && isMarked(parsed.value);
}

/** Nothing stands twice in what only the generator has written. */
function isAsWritten(text: string, value: unknown): boolean {
  return text === `${JSON.stringify(value, null, 2)}\n`;
}

function isMarked(value: unknown): boolean {
  return typeof value === "object" && value !== null && "generatedBy" in value && value.generatedBy === "cano-gen";
}

function unreadable(problem: "conflict" | "repeated" | "newer" | "broken", why: string, place: Place): ParsedLock {
  return { kind: "unreadable", problem, why, place };
}

/** The members of an object, sorted by `keyOf`. */
function named<T>(json: JsonReader, read: (name: string, json: JsonReader) => T, keyOf: (item: T) => string): readonly T[] {
  const list = json.entries().map(([name, value]) => read(name, value));
  return list.sort((a, b) => byText(keyOf(a), keyOf(b)));
}

function readWorkflow(name: string, json: JsonReader): LockedWorkflow {
  const earlier = json.find("earlier")?.entries() ?? [];
  return {
    name,
    source: json.get("source").text(),
    current: readVersion(json.get("version").count(), json),
    earlier: earlier
      .map(([version, value]) => readVersion(versionOf(version, value), value))
      .sort((a, b) => a.version - b.version),
  };
}

function versionOf(text: string, json: JsonReader): number {
  return new JsonReader(/^\d+$/.test(text) ? Number(text) : text, json.path).count();
}

function readVersion(version: number, json: JsonReader): LockedVersion {
  const codecs = json.find("codecs");
  return {
    version,
    migrates: (json.find("migrates")?.items() ?? []).map((item) => item.count()).sort((a, b) => a - b),
    codecs: codecs ? named(codecs, readCodec, ({ name }) => name) : [],
    states: named(json.get("states"), readState, ({ state }) => state),
  };
}

function readCodec(name: string, json: JsonReader): LockedCodec {
  return { name, canos: json.find("canos")?.text(), encoded: decodeShape(json.get("encoded")) };
}

const STATE_KINDS: readonly StateKind[] = [...KINDS.map(({ kind }) => kind), "split", "exit"];

function readState(state: string, json: JsonReader): LockedState {
  const unread = json.find("unread");
  return {
    state,
    name: json.get("name").text(),
    kind: json.get("kind").word(STATE_KINDS),
    targets: (json.find("targets")?.items() ?? []).map((target) => target.text()).sort(byText),
    ...byRole((role) => findShape(json, role)),
    unread: byRole((role) => unread && findShape(unread, role)),
  };
}

function findShape(json: JsonReader, role: Role): Shape | undefined {
  const found = json.find(role);
  return found && decodeShape(found);
}
