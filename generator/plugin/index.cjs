/** Where tsserver finds the plugin: it looks for a `main`, knows no `exports`, and calls what it finds with its own compiler. */

"use strict";

const { chooseCompiler } = require("../typescript/chosen.cjs");

module.exports = function init({ typescript }) {
  // As a transformer it is called with a program, and would do nothing without a word.
  if (typescript === undefined)
    throw new Error("`cano-gen/plugin` is for editors, by `name`: what a compiler has as `transform` is `cano-gen/transformer`");
  // First of all: what is loaded next reads with the compiler that is chosen by then.
  chooseCompiler(typescript);
  const { createPlugin } = require("../dist/plugin/create-plugin.js");
  return createPlugin(typescript);
};
