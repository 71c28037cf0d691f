import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{runtime,generator}/src/**/*.test.ts", "tests/**/*.test.ts"],
    globalSetup: ["tests/support/global-setup.ts"],
    setupFiles: ["tests/support/leaks.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
