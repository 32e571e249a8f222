import { defineConfig } from 'vitest/config';

/** Tests against software that npm does not install; each says so and is skipped where it is missing. */
export default defineConfig({
  test: {
    include: ['test/peers/**/*.test.ts'],
    testTimeout: 600_000,
    pool: 'forks',
    setupFiles: ['test/support/setup.ts'],
  },
});
