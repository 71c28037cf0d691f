/** The README's first steps, word for word, in an empty folder outside of the repository, beside the tarballs. */

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readBlocks, ROOT } from "../docs/blocks.js";
import { follow } from "../docs/transcript.js";
import { type Ended, pack, Place, runShell } from "../support/packed.js";

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const { devDependencies: versions } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
const blocks = readBlocks("README.md");
// Two installations and three compilations: half a minute on a machine that has nothing else to do.
const PATIENCE = 900_000;
const tarballs = new Place();
const folder = join(tarballs.path, "app");
afterAll(() => {
  tarballs[Symbol.dispose]();
});

function write(files: Readonly<Record<string, string>>): void {
  tarballs.write(Object.fromEntries(Object.entries(files).map(([name, text]) => [join("app", name), text])));
}

function shell(command: string): Ended {
  return runShell(command, folder);
}

/** The commands from `## Start` to the next heading. */
function firstSteps(): typeof blocks {
  const line = (text: string): number => readme.slice(0, readme.indexOf(text)).split("\n").length;
  const [from, to] = [line("\n## Start\n"), line("\n## Two commands\n")];
  return blocks.filter(({ place: at }) => Number(at.split(":")[1]) > from && Number(at.split(":")[1]) < to);
}

test(
  "an empty folder becomes a workflow that runs and is tested",
  () => {
    // What the README leaves to npm is what this repository has.
    const pinned: Readonly<Record<string, string>> = {
      typescript: `typescript@${versions["typescript"]}`,
      "@types/node": `@types/node@${versions["@types/node"]}`,
    };
    mkdirSync(folder);
    pack("runtime", tarballs);
    pack("generator", tarballs);
    const steps = firstSteps();
    expect(steps.filter(({ language }) => language === "sh").length).toBeGreaterThan(2);
    follow(steps, {
      write,
      shell: (command) =>
        shell(
          command.startsWith("npm install ")
            ? command
                .split(" ")
                .map((word) => pinned[word] ?? word)
                .join(" ")
            : command,
        ),
    });
  },
  PATIENCE,
);

test("a state that is forgotten is told as the README shows it", () => {
  const shown = blocks.find(({ text }) => text.startsWith("error CANO2001"))?.text ?? "nothing";
  const greeting = blocks.find(({ file }) => file === "greeting.ts")?.text ?? "";
  write({ "greeting.ts": greeting.replace('Refused = "refused",\n', '$&  Refunded = "refunded",\n') });
  expect(shell("npx cano-gen")).toEqual({ code: 1, stdout: "", stderr: `${shown}\n1 error\n` });
});
