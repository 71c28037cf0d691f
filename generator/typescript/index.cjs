"use strict";

// The compiler that ts-morph brings. An `import` of it would have Node read through three megabytes for the names of exports: here it reads these.
const common = require("@ts-morph/common");

exports.ts = common.ts;
exports.getLibFiles = common.getLibFiles;
exports.libFolderInMemoryPath = common.libFolderInMemoryPath;
