/**
 * The house as data: who may import whom, who reads the environment. `scripts/check-boundaries.mjs` holds the
 * sources to it; docs/architecture.md has the picture.
 */

/** Packages of ours that each part may import at run time. Nobody imports an app. */
export const mayImport = {
  'apps/web': [
    'env',
    'redis',
    'cache',
    'next-cache-handler',
    'prisma-cache',
    'route-cache',
    'auth-redis',
    'database',
    'operations',
  ],
  'packages/env': [],
  'packages/redis': [],
  'packages/cache': [],
  'packages/next-cache-handler': ['cache', 'redis', 'env', 'operations'],
  'packages/prisma-cache': ['cache'],
  'packages/auth-redis': ['redis'],
  'packages/route-cache': ['cache'],
  'packages/operations': ['cache', 'redis', 'env', 'auth-redis'],
  'packages/database': ['env'],
  'packages/testing': [],
};

/** Libraries that the lowest layers may import; the others may import what their manifest declares. */
export const mayImportLibraries = {
  'packages/env': ['zod'],
  'packages/redis': ['ioredis'],
  'packages/cache': ['lru-cache'],
};

/** Relative imports that leave their part: from which file (or folder) to which. */
export const mayReach = [
  // The seed's content lives beside the schema and has the types of the package that stores it.
  { from: 'packages/database/src/cli/seed.ts', to: 'prisma/seed/' },
  { from: 'apps/web/test/', to: 'prisma/seed/' },
  // Tests have the users that machines get.
  { from: 'packages/testing/src/redis/hardened.ts', to: 'deploy/redis/acl.mjs' },
  { from: 'prisma/seed/', to: 'packages/database/src/seed-data.ts' },
];

/** Files that read `process.env` themselves: the package made for it, development tools, what Next loads by path. */
export const mayReadEnvironment = [
  'packages/env/',
  'packages/testing/',
  'packages/next-cache-handler/src/incremental.ts',
  'packages/next-cache-handler/src/use-cache.ts',
  // The production server hands Next its settings this way.
  'apps/web/src/serve/main.ts',
  // Run on the machines that it is deployed to.
  'deploy/',
];

/** Written by name, because Next replaces them in the bundles of the app. */
export const replacedVariables = ['NODE_ENV', 'NEXT_RUNTIME', 'NEXT_PHASE'];

/** Commands whose cost grows with everything that a Redis holds; only tests and tools may send them. */
export const forbiddenCommands = ['KEYS', 'SCAN', 'FLUSHALL', 'FLUSHDB'];

/** Where one of them may be sent all the same, and why that is right. */
export const mayCommand = [
  {
    from: 'packages/operations/src/walk.ts',
    command: 'SCAN',
    reason:
      'for operators, in the background: a few hundred keys at a time, with pauses, never while a request waits',
  },
];
