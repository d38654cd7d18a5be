export type { CacheArgument, CachedReads, CacheExtension } from './extension.ts';
export type { ModelOptions, PrismaCacheOptions, ReadOptions } from './options.ts';
export { prismaCache, type QueryCache } from './prisma-cache.ts';
export type { ReadReport } from './read-context.ts';
export { EVERYTHING } from './tags.ts';
