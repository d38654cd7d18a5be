import { defineConfig } from 'vitest/config';

const everywhere = [
  'packages/*/test/**/*',
  'apps/web/test/**/*',
  'prisma/**/*',
  'scripts/**/*',
  'deploy/**/*',
];
const named = (suffix: string) => everywhere.map((path) => `${path}${suffix}`);

/**
 * Three groups, one after the other, told apart by file name:
 *
 * - `*.test.ts`: unit tests and tests on real servers; two files at a time.
 * - `*.process.test.ts`: several processes of Node or Next.js; they need the machine for themselves.
 * - `*.browser.test.ts`: Chromium.
 */
export default defineConfig({
  test: {
    globalSetup: './packages/testing/src/shared/global-setup.ts',
    maxWorkers: 2,
    // A test that is skipped or singled out must not pass for a tested one.
    allowOnly: false,
    projects: [
      {
        test: {
          name: 'main',
          include: named('.test.{ts,tsx,mjs}'),
          exclude: ['**/node_modules/**', ...named('.{process,browser}.test.ts')],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'processes',
          include: named('.process.test.ts'),
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          include: named('.browser.test.ts'),
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
