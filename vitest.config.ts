import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/peers/**'],
    testTimeout: 60_000,
    pool: 'forks',
    // A core more than is taken by itself: most tests wait for processes of their own or are short.
    maxWorkers: availableParallelism(),
    setupFiles: ['test/support/setup.ts'],
  },
});
