/** Has the compiler parse a configuration: its options, its files, the projects that it refers to, and what is wrong with it. */

import { ts } from "../../typescript/index.cjs";
import type { ParsedConfig } from "./config-problems.js";

/** Parses the configuration at an absolute path. Throws when it cannot be read. */
export function parseConfig(path: string): ParsedConfig & Pick<ts.ParsedCommandLine, "options" | "projectReferences"> {
  const refuse = ({ messageText }: ts.Diagnostic): never => {
    throw new Error(ts.flattenDiagnosticMessageText(messageText, "\n"));
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(path, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: refuse });
  if (parsed === undefined) throw new Error(`${path} cannot be read`);
  return { ...parsed, path };
}
