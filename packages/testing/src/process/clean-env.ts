import { redisAuthority } from '../redis/hardened.ts';

// What any program needs, and nothing that configures the product or comes from a test runner.
const KEPT = [
  'PATH',
  'HOME',
  'USER',
  'LANG',
  'LC_ALL',
  'TZ',
  'TMPDIR',
  'CI',
  'SHELL',
  'PRISMA_SCHEMA_ENGINE_BINARY',
];

/**
 * The environment for a process under test: the same wherever the tests run. `extra` wins; undefined leaves out. Who is
 * sent to a hardened Redis gets to know its authority.
 */
export function cleanEnv(extra: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const inherited = KEPT.map((name) => [name, process.env[name]] as const);
  const sent = Object.values(extra).some((value) => value?.startsWith('rediss://'));
  const authority = [['REDIS_TLS_CA', sent ? redisAuthority() : undefined] as const];
  const entries = [...inherited, ...authority, ...Object.entries(extra)].filter(
    ([, value]) => value !== undefined,
  );
  // Where Next's types are loaded, they claim that every environment has NODE_ENV.
  return Object.fromEntries(entries) as NodeJS.ProcessEnv;
}
