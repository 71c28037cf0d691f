"use strict";

// The compiler that a host brings, an editor or `tspc`. `index.cjs` asks once, when it is first loaded: a host has to choose before it loads anything else.
let compiler;

exports.chooseCompiler = (host) => {
  compiler ??= host;
};

exports.chosenCompiler = () => compiler;
