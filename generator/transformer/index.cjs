/** Where ts-patch finds the transformer, which it calls with each program and the compiler that has made it. */

"use strict";

const { chooseCompiler } = require("../typescript/chosen.cjs");

module.exports = function transform(program, host, config, { ts }) {
  // First of all: what is loaded next reads with the compiler that is chosen by then.
  chooseCompiler(ts);
  const { transformProgram } = require("../dist/plugin/transform-program.js");
  return transformProgram(program, host, config, ts);
};
