/** What a build tool's configuration may say, and what is refused in words: such files are often plain JavaScript. */

import { expect, test } from "vitest";
import { requestOf } from "./options.js";

test("paths count from the root", () => {
  expect(requestOf({ tsconfig: "tsconfig.app.json", outDir: "generated" }, "/app")).toMatchObject({
    tsconfig: "/app/tsconfig.app.json",
    outDir: "generated",
  });
  expect(requestOf({ tsconfig: undefined }, "/app").tsconfig).toBeUndefined();
});

test.each([
  [{ tsConfig: "a.json" }, "the plugin of cano-gen has no option `tsConfig`, only `tsconfig` and `outDir`"],
  [{ tsconfig: 7 }, "the option `tsconfig` of cano-gen's plugin must be a path"],
  [{ outDir: null }, "the option `outDir` of cano-gen's plugin must be a path"],
  [{ outDir: "" }, "the option `outDir` of cano-gen's plugin must be a path"],
  [null, "the options of cano-gen's plugin must be an object"],
  ["tsconfig.app.json", "the options of cano-gen's plugin must be an object"],
])("%j is refused", (options, message) => {
  expect(() => requestOf(options as never, "/app")).toThrow(message);
});
