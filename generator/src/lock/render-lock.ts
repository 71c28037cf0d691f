/** Writes a lock as the text of its file: everything sorted, so that the same workflows are the same text. */

import { encodeShape, type Json } from "./encode-shape.js";
import {
  type ByRole,
  byText,
  type Lock,
  type LockedCodec,
  LOCK_FORMAT,
  type LockedState,
  type LockedVersion,
  type LockedWorkflow,
  ROLES,
} from "./lock.js";

/** The text of the file. */
export function renderLock({ workflows }: Lock): string {
  const json = {
    generatedBy: "cano-gen",
    format: LOCK_FORMAT,
    workflows: keyed(workflows, ({ name }) => name, encodeWorkflow),
  };
  return `${JSON.stringify(json, null, 2)}\n`;
}

function encodeWorkflow({ source, current, earlier }: LockedWorkflow): Json {
  const older = earlier.length === 0 ? {} : { earlier: keyed(earlier, ({ version }) => String(version), encodeVersion) };
  return { source, version: current.version, ...encodeVersion(current), ...older };
}

function encodeVersion({ migrates, codecs, states }: LockedVersion): { readonly [name: string]: Json } {
  const lists = {
    ...(migrates.length === 0 ? {} : { migrates }),
    ...(codecs.length === 0 ? {} : { codecs: keyed(codecs, ({ name }) => name, encodeCodec) }),
  };
  return { ...lists, states: keyed(states, ({ state }) => state, encodeState) };
}

function encodeCodec({ canos, encoded }: LockedCodec): Json {
  return { ...(canos === undefined ? {} : { canos }), encoded: encodeShape(encoded) };
}

function encodeState(state: LockedState): Json {
  const { name, kind, targets } = state;
  const unread = encodeShapes(state.unread);
  return {
    name,
    kind,
    ...(kind === "exit" ? {} : { targets }),
    ...encodeShapes(state),
    ...(Object.keys(unread).length === 0 ? {} : { unread }),
  };
}

function encodeShapes(shapes: ByRole): { readonly [name: string]: Json } {
  return Object.fromEntries(
    ROLES.flatMap((role) => {
      const shape = shapes[role];
      return shape === undefined ? [] : [[role, encodeShape(shape)]];
    }),
  );
}

function keyed<T>(list: readonly T[], nameOf: (item: T) => string, encode: (item: T) => Json): { readonly [name: string]: Json } {
  const sorted = [...list].sort((a, b) => byText(nameOf(a), nameOf(b)));
  return Object.fromEntries(sorted.map((item) => [nameOf(item), encode(item)]));
}
