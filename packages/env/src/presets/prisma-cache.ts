import { flag, wholeNumber } from '../formats.ts';
import { definePreset } from '../preset.ts';
import { variable } from '../variable.ts';

export interface PrismaCacheEnv {
  readonly enabled: boolean;
  /** Lifetime of a query's result where the query gives none, in ms. Writes make it unusable at once. */
  readonly ttlMs: number;
}

/** The cache of database queries. */
export const prismaCacheEnv = definePreset({
  variables: {
    ENABLE_PRISMA_CACHE: variable(flag, { expected: 'true or false', example: 'true', default: 'false' }),
    PRISMA_CACHE_TTL: variable(wholeNumber(1, 2_592_000), {
      expected: 'a whole number of seconds from 1 to 2592000 (30 days)',
      example: '60',
      default: '60',
    }),
  },
  build: (values): PrismaCacheEnv => ({
    enabled: values.ENABLE_PRISMA_CACHE,
    ttlMs: values.PRISMA_CACHE_TTL * 1000,
  }),
});
