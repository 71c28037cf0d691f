/** Where ts-patch finds the transformer, which it calls with each program and the compiler that has made it. */

"use strict";

const { chooseCompiler } = require("../typescript/chosen.cjs");

module.exports = function transform(program, host, config, extras) {
  // Without that option it is called as if it made one source of another, and would be none the wiser.
  if (extras === undefined) throw new Error('the entry of `cano-gen/transformer` in `plugins` needs `"transformProgram": true`');
  const { ts } = extras;
  // First of all: what is loaded next reads with the compiler that is chosen by then.
  chooseCompiler(ts);
  const { transformProgram } = require("../dist/plugin/transform-program.js");
  return transformProgram(program, host, config, ts);
};
