/** The compiler options of projects that tests lay out, as people have them. */

export const COMPILER_OPTIONS = {
  target: "ES2022",
  lib: ["ES2023", "ESNext.Disposable"],
  module: "NodeNext",
  strict: true,
  types: ["node"],
  skipLibCheck: true,
} as const;
