/** Which codes have fixes that are made in the editor, besides those that diagnostics bring along. */

import { catalogue } from "../../diagnostics/catalogue/index.js";
import { numberOf } from "../compiler-diagnostic.js";
import { annotateReturn } from "./annotate-return.js";
import type { FixMaker } from "./editor-fix.js";
import { bindState } from "./bind-state.js";
import { listAsExit } from "./list-as-exit.js";

/** The makers for a code, in the order in which their fixes are offered. */
export const makers: Readonly<Record<string, readonly FixMaker[]>> = {
  CANO2001: [bindState, listAsExit],
  CANO2005: [annotateReturn],
};

/** The numbers of all codes as texts, which is how editors ask: any diagnostic may bring a fix. Codes of the run time never come up here. */
export const fixableCodes: readonly string[] = catalogue
  .filter(({ code }) => !code.startsWith("CANO7"))
  .map(({ code }) => String(numberOf(code)));
