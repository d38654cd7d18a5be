import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../lib/root.mjs';

interface ComposeService {
  readonly profiles?: readonly string[];
  readonly image: string;
  readonly ports: readonly string[];
  readonly volumes: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly mem_limit?: string;
  readonly healthcheck?: { readonly test: readonly string[] };
}

const compose: {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, unknown>>;
} = parse(await readFile(join(root, 'docker-compose.yml'), 'utf8'));
const example = await readFile(join(root, '.env.example'), 'utf8');
const all = Object.entries(compose.services);
/** What runs without a profile: the servers for development. */
const services = all.filter(([, { profiles }]) => profiles === undefined);

test('there is a Redis for the cache, one for sessions, and MySQL', () => {
  expect(services.map(([name]) => name)).toEqual(['redis', 'redis-sessions', 'mysql']);
  expect(compose.services.redis?.volumes).toContainEqual(
    expect.stringContaining('services/redis-cache.conf'),
  );
  expect(compose.services['redis-sessions']?.volumes).toContainEqual(
    expect.stringContaining('services/redis-sessions.conf'),
  );
});

test.each(services)('%s has a pinned image, a limit, a health check and a named volume', (_name, service) => {
  expect(service.image).toMatch(/:\d+\.\d+\.\d+/);
  expect(service.mem_limit).toMatch(/^\d+[mg]$/);
  expect(service.healthcheck?.test.length).toBeGreaterThan(1);
  const named = service.volumes
    .map((volume) => volume.split(':')[0] ?? '')
    .filter((name) => !name.startsWith('.'));
  expect(named).toHaveLength(1);
  expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named));
});

test.each(services)('%s is reachable from this machine only', (_name, service) => {
  expect(service.ports.length).toBeGreaterThan(0);
  for (const port of service.ports) expect(port).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
});

test.each(services)('every password of %s comes from .env and is demanded', (_name, service) => {
  const passwords = Object.entries(service.environment).filter(([name]) => name.includes('PASSWORD'));
  expect(passwords.length).toBeGreaterThan(0);
  for (const [, value] of passwords) {
    const variable = /^\$\{(\w+):\?[^}]+\}$/.exec(value)?.[1];
    expect(variable, value).toBeDefined();
    expect(example).toContain(`${variable}=`);
  }
});
