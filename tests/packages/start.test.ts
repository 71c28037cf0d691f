/** The README's first steps, word for word, in an empty folder outside of the repository: only the names of the packages are the tarballs' instead. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readBlocks, ROOT } from "../docs/blocks.js";
import { follow } from "../docs/transcript.js";
import { pack, Place } from "../support/packed.js";

const readme = readFileSync(join(ROOT, "README.md"), "utf8");
const { devDependencies: versions } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};
const blocks = readBlocks("README.md");
// Two installations and three compilations: half a minute on a machine that has nothing else to do.
const PATIENCE = 900_000;
const place = new Place();
const tarballs = new Place();
afterAll(() => {
  for (const each of [place, tarballs]) each[Symbol.dispose]();
});

/** The commands from `## Start` to the next heading. */
function firstSteps(): typeof blocks {
  const line = (text: string): number => readme.slice(0, readme.indexOf(text)).split("\n").length;
  const [from, to] = [line("\n## Start\n"), line("\n## Two commands\n")];
  return blocks.filter(({ place: at }) => Number(at.split(":")[1]) > from && Number(at.split(":")[1]) < to);
}

test(
  "an empty folder becomes a workflow that runs and is tested",
  () => {
    const instead: Readonly<Record<string, string>> = {
      cano: pack("runtime", tarballs).path,
      "cano-gen": pack("generator", tarballs).path,
      typescript: `typescript@${versions["typescript"]}`,
      "@types/node": `@types/node@${versions["@types/node"]}`,
    };
    const steps = firstSteps();
    expect(steps.filter(({ language }) => language === "sh").length).toBeGreaterThan(2);
    follow(steps, {
      write: (files) => {
        place.write(files);
      },
      shell: (command) =>
        place.shell(
          command.startsWith("npm install ")
            ? command
                .split(" ")
                .map((word) => instead[word] ?? word)
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
  place.write({ "greeting.ts": greeting.replace('Refused = "refused",\n', '$&  Refunded = "refunded",\n') });
  expect(place.shell("npx cano-gen")).toEqual({ code: 1, stdout: "", stderr: `${shown}\n1 error\n` });
});
