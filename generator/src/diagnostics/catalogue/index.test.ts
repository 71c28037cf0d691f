import { expect, test } from "vitest";
import * as bindings from "./bindings.js";
import * as data from "./data.js";
import * as evolution from "./evolution.js";
import * as files from "./files.js";
import * as guards from "./guards.js";
import { catalogue, failures } from "./index.js";
import * as internal from "./internal.js";
import * as migrations from "./migrations.js";
import * as policies from "./policies.js";
import * as reading from "./reading.js";
import * as sagas from "./sagas.js";
import * as schedules from "./schedules.js";
import * as states from "./states.js";

test("no code is used twice", () => {
  const codes = catalogue.map(({ code }) => code);
  expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
});

test.each([
  ["1", [reading, bindings]],
  ["2", [states]],
  ["3", [policies, guards, sagas, schedules]],
  ["4", [data]],
  ["5", [evolution, migrations]],
  ["6", [files]],
  ["9", [internal]],
])("codes %sxxx stand in their files", (digit, groups) => {
  const codes = groups
    .flatMap((group) => Object.values(group))
    .flatMap((entry) => (typeof entry === "function" && "code" in entry ? [entry.code] : []));
  expect(codes.length).toBeGreaterThan(0);
  expect(codes.filter((code) => code[4] !== digit)).toEqual([]);
});

test("so do those of the runtime, which say what to do", () => {
  for (const { code, cure } of failures) {
    expect.soft(code).toMatch(/^CANO7\d{3}$/);
    expect.soft(cure, code).toMatch(/^\S.*[^.]$/);
  }
});

test("titles and reasons are there", () => {
  for (const { code, title, reason } of catalogue) {
    expect.soft(title, code).toMatch(/^\S.*[^.]$/);
    expect.soft(reason, code).toMatch(/^[A-Z`].*[.`)]$/s);
  }
});

test("all codes", () => {
  expect(catalogue.map(({ code, severity, title }) => `${code} ${severity}: ${title}`).join("\n")).toMatchSnapshot();
});
