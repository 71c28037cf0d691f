/**
 * What is recorded of the durable workflows of a project, so that a change that could strand a stored run is noticed. Plain readonly data; read
 * from `cano.lock.json` by `parse-lock.ts`, written by `render-lock.ts`.
 */

import type { StateKind } from "../kinds/kinds.js";
import type { Shape } from "../shapes/shape.js";

/** The name of the file. */
export const LOCK_NAME = "cano.lock.json";

/** The format that this generator reads and writes. A change that an older one would misread makes it the next. */
export const LOCK_FORMAT = 1;

/** A whole lock; workflows are sorted by name. */
export interface Lock {
  readonly workflows: readonly LockedWorkflow[];
}

/** A durable workflow: what it is now, and the earlier versions under which runs may have been left behind, oldest first. */
export interface LockedWorkflow {
  readonly name: string;
  /** The file that declares it, relative to the lock, with forward slashes. */
  readonly source: string;
  readonly current: LockedVersion;
  readonly earlier: readonly LockedVersion[];
}

/** One version of a workflow; states are sorted by their values. */
export interface LockedVersion {
  readonly version: number;
  /** The earlier versions whose runs go on in this one, sorted. */
  readonly migrates: readonly number[];
  /** Its codecs, sorted by their names. */
  readonly codecs: readonly LockedCodec[];
  readonly states: readonly LockedState[];
}

/** A codec of a workflow, by the name that is stored with what it encodes. */
export interface LockedCodec {
  readonly name: string;
  /** Which of those that `cano` has it is, `dates` for instance; undefined for one of the workflow's own. */
  readonly canos: string | undefined;
  readonly encoded: Shape;
}

/** A state, and what is stored of a run that is in it or has passed it. */
export interface LockedState {
  /** The state's value as text, as it is stored. */
  readonly state: string;
  /** The member's name. */
  readonly name: string;
  readonly kind: StateKind;
  /** The values of the states that may follow, as texts, sorted. */
  readonly targets: readonly string[];
  /** What its task takes; undefined where it takes nothing. */
  readonly input: Shape | undefined;
  /** Where a stepped task or a stream has come to, as the next step takes it. */
  readonly cursor: Shape | undefined;
  /** What a compensatable task has left, as its compensation takes it. */
  readonly undo: Shape | undefined;
  /** What an exit is handed; `undefined` as a shape where that is nothing. */
  readonly output: Shape | undefined;
  /** What is stored beyond that, and so read by nobody yet: what is handed on with more than is taken, what this version took before, and what runs of an earlier one go on with. */
  readonly unread: ByRole;
}

/** A shape of each role; undefined where nothing is stored. */
export type ByRole = { readonly [role in Role]: Shape | undefined };

/** What is stored of a state. */
export type Role = (typeof ROLES)[number];

/** Every role, in the order of the lock. */
export const ROLES = ["input", "cursor", "undo", "output"] as const;

/** Finds the shape of every role. */
export function byRole(shapeOf: (role: Role) => Shape | undefined): ByRole {
  return { input: shapeOf("input"), cursor: shapeOf("cursor"), undo: shapeOf("undo"), output: shapeOf("output") };
}

/** Finds a workflow by its name. */
export function findWorkflow(lock: Lock, name: string): LockedWorkflow | undefined {
  return lock.workflows.find((workflow) => workflow.name === name);
}

/** Finds a state by its value as text. */
export function findState({ states }: LockedVersion, state: string): LockedState | undefined {
  return states.find((candidate) => candidate.state === state);
}

/** The order of everything that is sorted in a lock: by code units, since a locale would make it depend on the machine. */
export function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
