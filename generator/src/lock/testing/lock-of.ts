/** Builds locks for tests from a few words: shapes are written as TypeScript writes types. */

import { parseShape } from "../../shapes/testing/parse-shape.js";
import {
  byRole,
  byText,
  type Lock,
  type LockedCodec,
  type LockedState,
  type LockedVersion,
  type LockedWorkflow,
  type Role,
} from "../lock.js";

/** A state: its kind where it is no plain task, where it leads, and what is stored of it. */
export interface StateSpec {
  readonly name?: string;
  readonly kind?: LockedState["kind"];
  readonly to?: readonly string[];
  readonly input?: string;
  readonly cursor?: string;
  readonly undo?: string;
  readonly output?: string;
  readonly unread?: { readonly [role in Role]?: string };
}

/** A version: its number, and its states by their values. */
export interface VersionSpec {
  readonly version?: number;
  readonly migrates?: readonly number[];
  /** What its codecs encode to, or the names of those that `cano` has. */
  readonly codecs?: Readonly<Record<string, string>>;
  readonly states: Readonly<Record<string, StateSpec>>;
}

/** Builds a version; 1, unless said otherwise. */
export function versionOf({ version = 1, migrates = [], codecs = {}, states }: VersionSpec): LockedVersion {
  return {
    version,
    migrates,
    codecs: Object.entries(codecs).map(codecOf),
    states: Object.entries(states)
      .map(stateOf)
      .sort((a, b) => byText(a.state, b.state)),
  };
}

/** Builds a workflow of its newest version and those before it. */
export function workflowOf(name: string, current: VersionSpec, ...earlier: readonly VersionSpec[]): LockedWorkflow {
  return { name, source: `${name}.ts`, current: versionOf(current), earlier: earlier.map(versionOf) };
}

/** Builds a lock. */
export function lockOf(...workflows: readonly LockedWorkflow[]): Lock {
  return { workflows };
}

function codecOf([name, text]: [string, string]): LockedCodec {
  return text === "dates" || text === "bigints"
    ? { name, canos: text, encoded: parseShape("string") }
    : { name, canos: undefined, encoded: parseShape(text) };
}

function stateOf([state, spec]: [string, StateSpec]): LockedState {
  const shape = (text: string | undefined): LockedState["input"] => (text === undefined ? undefined : parseShape(text));
  return {
    state,
    name: spec.name ?? state.charAt(0).toUpperCase() + state.slice(1),
    kind: spec.kind ?? (spec.output === undefined ? "task" : "exit"),
    targets: spec.to ?? [],
    ...byRole((role) => shape(spec[role])),
    unread: byRole((role) => shape(spec.unread?.[role])),
  };
}
