/** The guide to the codes is what the catalogue says. `npm run fixtures:record` writes it. */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { catalogue } from "../../generator/src/diagnostics/catalogue/index.js";
import { listFixtures } from "../support/fixtures.js";
import { ROOT } from "./blocks.js";

const PAGE = join(ROOT, "docs/codes.md");

const GROUPS: Readonly<Record<string, string>> = {
  "1": "Reading",
  "2": "States and transitions",
  "3": "Policies, sagas, durability, schedules",
  "4": "Data and resources",
  "5": "Change over time",
  "6": "Files and options",
  "7": "At run time",
  "9": "Internal",
};

const RUNTIME = "7";

const HEAD = `# Codes

Every diagnostic of \`cano-gen\` and every error of the runtime has a code, which never comes to mean anything else. Codes that source text can bring about lead
to the smallest program that does. \`npx cano-gen explain 2001\` says why a rule exists, and shows that program.
`;

function renderCodes(): string {
  const names = listFixtures().map(({ name }) => name);
  const rows = (digit: string): readonly string[] =>
    catalogue
      .filter(({ code }) => code.charAt("CANO".length) === digit)
      .map(({ code, severity, category, title }) => {
        const example = names.find((name) => name.startsWith(`${code}-`));
        const kind = digit !== RUNTIME ? severity : category === undefined ? "that of its cause" : `\`${category}\``;
        return `| ${example === undefined ? code : `[${code}](../fixtures/${example}/input)`} | ${kind} | ${title.replaceAll("|", "\\|")} |`;
      });
  const tables = Object.entries(GROUPS).map(([digit, group]) => {
    const kind = digit === RUNTIME ? "Category" : "Severity";
    return `## ${group}\n\n| Code | ${kind} | What it is |\n| --- | --- | --- |\n${rows(digit).join("\n")}\n`;
  });
  return [HEAD, ...tables].join("\n");
}

test("it is up to date", async () => {
  const text = await format(renderCodes(), { ...(await resolveConfig(PAGE)), parser: "markdown" });
  expect(process.env["CI"] !== undefined && process.env["CANO_RECORD"] !== undefined).toBe(false);
  if (process.env["CANO_RECORD"] !== undefined) writeFileSync(PAGE, text);
  expect(readFileSync(PAGE, "utf8")).toBe(text);
  for (const { code } of catalogue) expect(text).toContain(code);
});
