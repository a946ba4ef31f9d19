import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/spark/global-setup.ts'],
    testTimeout: 400_000,
    hookTimeout: 400_000,
    maxWorkers: 3,
    // Modules hold no state: files of tests may share them, which saves a tenth of all time.
    isolate: false,
  },
});
