import { startRedis } from '@tbi/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { figure, parseInfo, word } from '../src/info.ts';

test('sections become records of numbers, texts and pairs', () => {
  const info = parseInfo(
    '# Server\r\nredis_version:7.0.15\r\nuptime_in_seconds:12\r\nrun_id:12345678\r\n\r\n# Keyspace\r\ndb0:keys=3,expires=1,avg_ttl=0\r\n' +
      '# Memory\r\nmem_fragmentation_ratio:1.25\r\nmaxmemory_policy:noeviction\r\n# Replication\r\nslave0:ip=10.0.0.1,port=6379,state=online\r\n',
  );
  expect(info).toEqual({
    server: { redis_version: '7.0.15', uptime_in_seconds: 12, run_id: '12345678' },
    keyspace: { db0: { keys: 3, expires: 1, avg_ttl: 0 } },
    memory: { mem_fragmentation_ratio: 1.25, maxmemory_policy: 'noeviction' },
    replication: { slave0: { ip: '10.0.0.1', port: 6379, state: 'online' } },
  });
});

test('a real server tells what we ask for', async () => {
  const server = await startRedis();
  const info = parseInfo(String(await server.command('INFO', 'everything')));
  await server.stop();
  expect(figure(info, 'memory', 'used_memory')).toBeGreaterThan(0);
  expect(figure(info, 'stats', 'total_commands_processed')).toBeGreaterThan(0);
  expect(word(info, 'server', 'redis_version')).toMatch(/^\d+\.\d+/);
  expect(word(info, 'memory', 'maxmemory_policy')).toMatch(/^(noeviction|volatile|allkeys)/);
});

test('anything else is no reason to throw', () => {
  fc.assert(fc.property(fc.string(), (text) => typeof parseInfo(text) === 'object'));
});
