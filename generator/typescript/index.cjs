"use strict";

const { chosenCompiler } = require("./chosen.cjs");

// The compiler that ts-morph brings. An `import` of it would have Node read through three megabytes for the names of exports: here it reads these.
// Or that of a host, whose programs are read then: numbers of flags differ between versions. Its library is on disk, so there are no texts of it.
const chosen = chosenCompiler();
const common = chosen === undefined ? require("@ts-morph/common") : { ts: chosen };

exports.ts = common.ts;
exports.getLibFiles = common.getLibFiles;
exports.libFolderInMemoryPath = common.libFolderInMemoryPath;
