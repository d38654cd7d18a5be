import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildNext, type NextServer, startNext } from '@tbi/testing';
import { expect } from 'vitest';
import { assemble, assembledDir } from './assemble.ts';

const packageDir = fileURLToPath(new URL('../..', import.meta.url));
export const fixtureDir = (name: string) => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

/** One app for two versions of Next: what they share, and what each has of its own. */
const LAYERED = ['app-15', 'app-16-isr'];

const appDir = (name: string) => (LAYERED.includes(name) ? assembledDir(fixtureDir(name)) : fixtureDir(name));

/** Builds the handlers, and the app unless it was built before. Neither gets to know a Redis. */
export async function buildFixture(name: string): Promise<void> {
  if (LAYERED.includes(name)) await assemble([fixtureDir('isr'), fixtureDir(name)]);
  await buildApp(appDir(name));
}

export async function buildApp(dir: string): Promise<void> {
  await promisify(execFile)(process.execPath, ['scripts/build.mjs'], { cwd: packageDir });
  await buildNext({ dir });
}

export function startFixture(name: string, env: Readonly<Record<string, string>>): Promise<NextServer> {
  return startNext({ dir: appDir(name), env });
}

export interface Answer {
  readonly status: number;
  /** `x-nextjs-cache`; null for what is not served from the response cache. */
  readonly cache: string | null;
  readonly value: string | undefined;
}

/** Asks for a page of a fixture and reads the value that it shows. */
export async function visit(server: NextServer, path: string): Promise<Answer> {
  const response = await server.fetch(path);
  const text = await response.text();
  const value = /value=([^;]*);/.exec(text)?.[1];
  return { status: response.status, cache: response.headers.get('x-nextjs-cache'), value };
}

/** Asks until the page is served from the cache with this value. No other answer may be a hit on `never`. */
export async function untilHit(
  server: NextServer,
  path: string,
  value: string,
  { never, timeoutMs = 5_000 }: { readonly never?: string; readonly timeoutMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const answer = await visit(server, path);
    if (never !== undefined) expect(answer).not.toMatchObject({ cache: 'HIT', value: never });
    if (answer.cache === 'HIT' && answer.value === value) return;
    if (performance.now() > deadline) expect(answer).toEqual({ status: 200, cache: 'HIT', value });
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

/** Invalidates through one process's own route handler. */
export async function revalidate(server: NextServer, query: string): Promise<void> {
  const response = await server.fetch(`/api/revalidate?${query}`, { method: 'POST' });
  expect(response.status).toBe(204);
}
