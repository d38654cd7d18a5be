import { expect, it } from 'vitest';
import { failure } from '../src/failure.ts';
import { type ConnectionState, judge } from '../src/health.ts';
import type { RedisSettings } from '../src/index.ts';

const settings: RedisSettings = { mode: 'standalone', host: 'db', port: 1, db: 0 };
const unused = failure('not-opened', settings);
const absent = failure('not-listening', settings);

function statusOf(
  data: ConnectionState['failure'],
  log: ConnectionState['failure'],
  breaker: ConnectionState['breaker'] = 'closed',
) {
  return judge([
    { purpose: 'data', failure: data, breaker },
    { purpose: 'log', failure: log, breaker: 'closed' },
  ]);
}

it('is ready when all that is used is connected', () => {
  expect(statusOf(null, null).status).toBe('ready');
  expect(statusOf(null, unused).status).toBe('ready');
});

it('is down when nothing is connected, and says why', () => {
  expect(statusOf(absent, absent)).toEqual({ status: 'down', reason: absent.sentence });
  expect(statusOf(absent, unused)).toEqual({ status: 'down', reason: absent.sentence });
  expect(statusOf(unused, unused).status).toBe('down');
});

it('is degraded when one connection is missing or calls are held back', () => {
  expect(statusOf(null, absent)).toEqual({
    status: 'degraded',
    reason: `The log connection is missing: ${absent.sentence}`,
  });
  expect(statusOf(null, null, 'open').status).toBe('degraded');
  expect(statusOf(null, null, 'half-open').status).toBe('degraded');
});
