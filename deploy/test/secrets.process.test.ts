import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { buildSite, common, standalone } from '../../apps/web/test/support/site.ts';

beforeAll(buildSite);

it('nothing that browsers load holds a secret, a connection or code that is for the server only', async () => {
  const output = join(standalone, 'apps', 'web', '.next');
  const placeholder = await readFile(join(output, 'nonce-placeholder'), 'utf8');
  const secrets = [common.NEXTAUTH_SECRET, placeholder, 'mysql://', 'redis://', 'rediss://'];
  const serverOnly = [
    'ioredis',
    'mariadb',
    'PrismaClient',
    'NEXTAUTH_SECRET',
    'REDIS_PASSWORD',
    'DATABASE_URL',
    'argon2',
  ];
  const files = (await readdir(join(output, 'static'), { recursive: true, withFileTypes: true })).filter(
    (entry) => entry.isFile(),
  );
  expect(files.filter(({ name }) => name.endsWith('.js')).length).toBeGreaterThan(5);
  for (const { parentPath, name } of files) {
    const text = await readFile(join(parentPath, name), 'latin1');
    for (const word of [...secrets, ...serverOnly])
      expect(text.includes(word), `${word} in ${name}`).toBe(false);
    expect(name).not.toMatch(/\.map$/);
  }
});
