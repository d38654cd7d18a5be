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

/** The environment for a process under test: the same wherever the tests run. `extra` wins; undefined leaves out. */
export function cleanEnv(extra: Readonly<Record<string, string | undefined>> = {}): Record<string, string> {
  const inherited = KEPT.map((name) => [name, process.env[name]] as const);
  const entries = [...inherited, ...Object.entries(extra)];
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}
