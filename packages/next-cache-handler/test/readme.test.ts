import { readFileSync } from 'node:fs';
import { cacheEnv, redisEnv } from '@tbi/env';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const docs = read('docs/next-cache-handler.md');

test('the README that is packed says what the documentation says', () => {
  const readme = read('packages/next-cache-handler/README.md');
  const hint = 'copy docs/next-cache-handler.md over it, with ../../docs/ before links to other pages';
  expect(readme, hint).toBe(docs.replaceAll('](consistency.md)', '](../../docs/consistency.md)'));
});

test('every variable is documented with its default', () => {
  const rows = docs.split('\n').filter((line) => line.startsWith('| `'));
  const variables = { ...redisEnv.variables, ...cacheEnv.variables };
  // Sessions are not the handlers'.
  const names = Object.keys(variables).filter((name) => !name.includes('SESSIONS'));
  for (const name of names) {
    const row = rows.find((line) => line.split('|')[1]?.includes(`\`${name}\``));
    expect(row, name).toBeDefined();
    const fallback = variables[name]?.default;
    if (fallback !== undefined) expect(row?.split('|')[2], name).toContain(`\`${fallback}\``);
  }
});
