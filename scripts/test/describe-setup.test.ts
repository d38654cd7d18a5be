import { expect, test } from 'vitest';
import { describeSetup } from '../lib/describe-setup.mjs';

test('nothing configured: what is used, and what to set', () => {
  expect(describeSetup({})).toBe(
    'cache: in memory, database: SQLite at .data/tbi.sqlite; set REDIS_URL and DATABASE_URL for the real thing',
  );
});

test('servers are named without user and password', () => {
  const line = describeSetup({
    REDIS_URL: 'rediss://user:se,c/re@t@cache.example:6379/1',
    DATABASE_URL: 'mysql://user:sec@ret@db.example:3306/tbi?tls=true',
  });
  expect(line).toBe('cache: Redis at cache.example:6379, database: MySQL at db.example:3306');
});

test('sentinels and nodes are listed', () => {
  expect(describeSetup({ REDIS_SENTINELS: 'a:26379, rediss://b:26379' })).toContain(
    'Redis at a:26379, b:26379',
  );
});
