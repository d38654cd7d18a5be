import { findFreePort } from '@tbi/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectFlat, probeAt } from './helpers/load.ts';
import { buildOracleApp, type OurSite, startOurs } from './oracle/sites.ts';

let site: OurSite;
let probePort: number;

beforeAll(async () => {
  await buildOracleApp('isr-16');
  probePort = await findFreePort();
  // Smaller than what is asked for, so that its bound is reached at once.
  site = await startOurs('isr-16', 1, { CACHE_L1_MAX_BYTES: '700000', ...probeAt(probePort) });
});
afterAll(() => site?.stop());

test.each([0, 10])(
  '1,000 requests over 200 URLs leave memory, sockets, timers and Redis as they were (invalidating one of %i)',
  async (invalidateEvery) => {
    await expectFlat(site, { probePort, requests: 1_000, urls: 200, invalidateEvery });
    expect(await site.servers[0]?.readLogs()).not.toMatch(/⨯|Error/);
  },
);
