import { defineConfig } from 'vitest/config';

/** Tests against other programs, which have to be installed first; each says so where its own is not there. */
export default defineConfig({
  test: {
    include: ['test/peers/**/*.test.ts'],
    testTimeout: 300_000,
    pool: 'forks',
    setupFiles: ['test/support/setup.ts'],
  },
});
