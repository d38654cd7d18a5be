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
  // The authority of the run's own servers.
  'NODE_EXTRA_CA_CERTS',
];

/** The environment for a process under test: the same wherever the tests run. `extra` wins; undefined leaves out. */
export function cleanEnv(extra: Readonly<Record<string, string | undefined>> = {}): NodeJS.ProcessEnv {
  const inherited = KEPT.map((name) => [name, process.env[name]] as const);
  const entries = [...inherited, ...Object.entries(extra)].filter(([, value]) => value !== undefined);
  // Where Next's types are loaded, they claim that every environment has NODE_ENV.
  return Object.fromEntries(entries) as NodeJS.ProcessEnv;
}
