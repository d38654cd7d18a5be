import { createCache, memoryBackend } from '@tbi/cache';
import { describe, expect, it } from 'vitest';
import { describeEvent } from '../src/describe-event.ts';
import { createLogger } from '../src/logger.ts';
import { scrub } from '../src/scrub.ts';

const CANARIES = ['hunter2-canary', 'canary@example.com', 'eyJhbGciOi.canary.sig-canary', 'canary-token-77'];

function logged(write: (log: ReturnType<typeof createLogger>) => void, readable = false): string {
  const lines: string[] = [];
  write(createLogger({ readable, destination: { write: (line) => lines.push(line) } }));
  return lines.join('');
}

const hides = (text: string) => expect(CANARIES.filter((canary) => text.includes(canary))).toEqual([]);

describe.each([false, true])('the log (readable: %s)', (readable) => {
  it('shows no secret in a message', () => {
    const text = logged((log) => {
      log.info('connecting to mysql://root:hunter2-canary@db/tbi');
      log.warn('Authorization: Bearer canary-token-77');
      log.error('mail to canary@example.com bounced');
      log.info('password=hunter2-canary, session_token: "canary-token-77"');
      log.info('cookie: eyJhbGciOi.canary.sig-canary');
    }, readable);
    hides(text);
    expect(text).toContain('connecting to mysql://[redacted]@db/tbi');
  });

  it('shows no secret in a field, at any of the depths that we use', () => {
    const text = logged((log) => {
      log.info(
        { password: 'hunter2-canary', request: { headers: { authorization: 'x canary-token-77' } } },
        'a',
      );
      log.info({ user: { email: 'canary@example.com' }, url: 'redis://:hunter2-canary@r' }, 'b');
      log.info({ headers: { cookie: 'session=canary-token-77', 'set-cookie': 'a=canary-token-77' } }, 'c');
    }, readable);
    hides(text);
  });

  it('shows of an error its name, code and first line', () => {
    const error = Object.assign(new Error('refused for canary@example.com\nAUTH hunter2-canary'), {
      code: 'ERR_X',
      command: { args: ['hunter2-canary'] },
    });
    const text = logged((log) => log.error({ err: error }, 'it failed'), readable);
    hides(text);
    expect(text).toContain('ERR_X');
    expect(text).toContain('refused for [redacted]');
  });
});

describe('a line of the debug log', () => {
  it('shows keys of functions and queries as digests, tags without addresses, and no values', async () => {
    const cache = createCache({ backend: memoryBackend() });
    const lines: string[] = [];
    cache.events.subscribe((event) => lines.push(describeEvent(event)));
    const stamp = cache.stamp();
    await cache.set('use-cache', '["getUser",["canary@example.com"]]', Buffer.from('hunter2-canary'), {
      stamp,
      tags: ['user:canary@example.com', 'line\nbreak'],
    });
    await cache.get('prisma', 'User{"email":"canary@example.com"}');
    await cache.get('page', 'build/en/reports?token=canary-token-77');
    await cache.invalidate(['user:canary@example.com']);
    hides(lines.join('\n'));
    expect(lines.every((line) => !line.includes('\n'))).toBe(true);
    expect(lines.some((line) => line.includes('page /en/reports'))).toBe(true);
    await cache.close();
  });
});

it('an ordinary sentence stays as it is', () => {
  const text = 'Redis at 127.0.0.1:6379 refuses the password: the one in REDIS_PASSWORD is wrong.';
  expect(scrub(text)).toBe(text);
});
