import { expect, it, vi } from 'vitest';
import { GET } from '../src/app/api/health/route.ts';

const reason = 'Nothing listens at 10.0.0.7:6380 (ECONNREFUSED). Start Redis, or correct REDIS_SESSIONS_URL.';

vi.mock('next/server', () => ({ connection: async () => {} }));
vi.mock('../src/server/auth/session-store.ts', () => ({
  sessionsHealth: () => ({ kept: 'in Redis', status: 'down', reason, warning: 'It may evict.' }),
}));

it('the health that everybody sees tells that the sessions are away, and not where they are', async () => {
  const text = await (await GET()).text();
  expect(JSON.parse(text).sessions).toEqual({ kept: 'in Redis', status: 'down', warning: 'It may evict.' });
  expect(text).not.toContain('10.0.0.7');
});
