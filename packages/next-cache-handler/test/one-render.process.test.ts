import { sleep } from '@tbi/testing';
import { afterEach, expect, test } from 'vitest';
import type { OracleApp } from './oracle/fixtures.ts';
import { buildOracleApp, type OurSite, startOurs } from './oracle/sites.ts';

const REQUESTS = 50;
/** So long does a computation take: all requests come meanwhile. */
const COMPUTE_MS = 400;

let site: OurSite | undefined;
afterEach(() => site?.stop());

async function startTwo(app: OracleApp): Promise<OurSite> {
  await buildOracleApp(app);
  site = await startOurs(app, 2);
  return site;
}

/** The different marks of one name among the answers to requests that come at one moment, half on each process. */
async function rush({ servers, upstream }: OurSite, path: string, name: string): Promise<Set<string>> {
  upstream.setDelay(COMPUTE_MS);
  const texts = await Promise.all(
    Array.from({ length: REQUESTS }, async (_, index) => (await servers[index % 2]?.fetch(path))?.text()),
  );
  upstream.setDelay(0);
  const marks = texts.map((text) => new RegExp(`\\[${name}:[0-9a-f]{8}\\]`).exec(text ?? '')?.[0]);
  expect(marks).not.toContain(undefined);
  return new Set(marks as string[]);
}

async function invalidate({ servers }: OurSite, tag: string) {
  await servers[0]?.fetch(`/api/revalidate?tag=${tag}`, { method: 'POST' });
  await sleep(500);
}

test('50 requests for one expired page on two processes cause at most one render in each', async () => {
  const two = await startTwo('isr-16');
  const before = await rush(two, '/tagged/rush', 'page');
  await invalidate(two, 'tag:rush');
  const after = await rush(two, '/tagged/rush', 'page');
  expect(after.size).toBeLessThanOrEqual(2);
  expect([...after].filter((mark) => before.has(mark))).toEqual([]);
});

test("50 requests for one missing 'use cache' value on two processes cause one computation in all", async () => {
  const two = await startTwo('components-16');
  for (const kind of ['streamed', 'failing']) {
    const first = await rush(two, `/used/${kind}/rush`, 'data');
    expect(first.size).toBe(1);
    expect(await rush(two, `/used/${kind}/rush`, 'data')).toEqual(first);
  }
});
