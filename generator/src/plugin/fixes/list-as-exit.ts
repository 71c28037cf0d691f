/** For a state without a task: lists it in `exits`. */

import { ts } from "../../../typescript/index.cjs";
import type { FixMaker } from "./editor-fix.js";
import { insertInto } from "./insert-into.js";
import { findUnbound } from "./find-unbound.js";
import { findOption, findWorkflowSource, writeState } from "./workflow-source.js";

/** One fix for each workflow that lacks the state. */
export const listAsExit: FixMaker = ({ diagnostic, drafts, program }) =>
  findUnbound(drafts, diagnostic.span).flatMap(({ draft, state }) => {
    const source = findWorkflowSource(program, draft);
    const exits = source && findOption(source, "exits");
    const written = source && writeState(source, draft, state);
    if (!source || !exits || !ts.isArrayLiteralExpression(exits) || written === undefined) return [];
    const edits = [insertInto(source.file, exits, written)];
    return [{ title: `list \`${state.name}\` in the exits of \`${draft.name}\``, edits }];
  });
