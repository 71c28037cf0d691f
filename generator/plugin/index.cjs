/** Where tsserver finds the plugin: it looks for a `main`, knows no `exports`, and calls what it finds with its own compiler. */

"use strict";

const { chooseCompiler } = require("../typescript/chosen.cjs");

module.exports = function init({ typescript }) {
  // First of all: what is loaded next reads with the compiler that is chosen by then.
  chooseCompiler(typescript);
  const { createPlugin } = require("../dist/plugin/create-plugin.js");
  return createPlugin(typescript);
};
