import { defineConfig } from 'vitest/config';

/** Soaks and very long property runs: `pnpm test:soak`, one file after the other, without a limit of time. */
export default defineConfig({
  test: {
    globalSetup: './packages/testing/src/shared/global-setup.ts',
    include: ['packages/*/test/**/*.soak.ts', 'apps/web/test/**/*.soak.ts', 'deploy/test/**/*.soak.ts'],
    fileParallelism: false,
    testTimeout: 0,
    hookTimeout: 600_000,
  },
});
