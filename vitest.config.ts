import { configDefaults, defineConfig } from "vitest/config";

/** Whose tests mock nothing and keep nothing between them: they share their modules, since to load the compiler takes longer than most of them do. */
const SHARING = ["generator/src/{bundler,check,cron,diagnostics,emit,graph,lock,model,plugin,read,shapes,text}/**/*.test.ts"];

const common = {
  // What users would load as it is, Node loads here, too, and not one file after the other through the test runner.
  server: { deps: { external: [/\/(runtime|generator)\/dist\//, /\/\.cano\/.*\.mjs$/] } },
  setupFiles: ["tests/support/leaks.ts"],
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // One process for each core: vitest leaves one idle, which on two cores means one file after the other.
    maxWorkers: "100%",
    projects: [
      { test: { ...common, name: "stages", include: SHARING, isolate: false } },
      {
        test: {
          ...common,
          name: "all others",
          include: ["{runtime,generator}/src/**/*.test.ts", "tests/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...SHARING],
          globalSetup: ["tests/support/global-setup.ts"],
        },
      },
    ],
  },
});
