import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cache, createCache, memoryBackend } from '@tbi/cache';
import { poll } from '@tbi/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeDebugLog } from '../src/debug-log.ts';

let folder: string;
let cache: Cache;
let warnings: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tbi-debug-log-'));
  cache = createCache({ backend: memoryBackend() });
  warnings = [];
});
afterEach(async () => {
  await cache.close();
  await rm(folder, { recursive: true, force: true });
});

const open = (path: string, options = {}) =>
  writeDebugLog(cache.events, { path, flushMs: 10, warn: (message) => warnings.push(message), ...options });

describe('the debug log', () => {
  it('has one line for each event, in their order', async () => {
    const path = join(folder, 'REDISLOG.md');
    const log = open(path);
    await cache.set('page', 'b/en', Buffer.from('x'), { stamp: cache.stamp(), tags: ['reports'] });
    await cache.get('page', 'b/en');
    await cache.get('page', 'b/de');
    await cache.invalidate(['reports']);
    await log.close();
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    const words = lines.map((line) =>
      line
        .split(' ')
        .slice(2)
        .join(' ')
        .replace(/ [\d.]+ ms.*| \d+-\d+$/, ''),
    );
    expect(words).toEqual([
      'store page /en stored 1 bytes [reports]',
      'hit   page /en l1 fresh',
      'miss  page /de origin absent',
      'inval expire [reports]',
    ]);
    expect((await stat(path)).mode & 0o077).toBe(0);
  });

  it('stays within twice its size', async () => {
    const path = join(folder, 'log');
    const log = open(path, { maxBytes: 20_000 });
    for (let round = 0; round < 20; round += 1) {
      for (let i = 0; i < 100; i += 1) await cache.get('page', `b/en/${round}/${i}`);
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
    await log.close();
    expect((await readdir(folder)).sort()).toEqual(['log', 'log.1']);
    for (const name of ['log', 'log.1']) expect((await stat(join(folder, name))).size).toBeLessThan(30_000);
  });

  it('costs one warning and nothing else where it cannot be written, and goes on when it can', async () => {
    const path = join(folder, 'missing', 'log');
    const log = open(path);
    for (let i = 0; i < 5; i += 1) {
      expect((await cache.get('page', `b/${i}`)).reason).toBe('absent');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(warnings).toEqual([expect.stringContaining('ENOENT')]);
    await mkdir(join(folder, 'missing'));
    await poll(async () => {
      await cache.get('page', 'b/later');
      return (await readFile(path, 'utf8').catch(() => '')).includes('/later');
    });
    await log.close();
    expect(warnings).toHaveLength(1);
  });

  it('keeps a bounded number of lines for a disk that is slow', async () => {
    const path = join(folder, 'log');
    const log = open(path, { flushMs: 60_000, maxLines: 10 });
    for (let i = 0; i < 25; i += 1) await cache.get('page', `b/${i}`);
    await log.close();
    const lines = (await readFile(path, 'utf8')).trim().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.at(-1)).toContain('left out 15 lines');
  });
});
