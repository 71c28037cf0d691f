import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One process for each core: vitest leaves one idle, which on two cores means one file after the other.
    maxWorkers: "100%",
    include: ["{runtime,generator}/src/**/*.test.ts", "tests/**/*.test.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    setupFiles: ["tests/support/leaks.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
