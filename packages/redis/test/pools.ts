import { settingsOf as clientSettings, poll, type RedisServer, sleep } from '@tbi/testing';
import { createRedis, type RedisError, type RedisPool, type RedisSettings } from '../src/index.ts';
import { collectLog } from './collect-log.ts';

const opened: RedisPool[] = [];

/** A pool with a log that can be read; `closePools` ends it. */
export function openPool(settings: RedisSettings): { readonly pool: RedisPool; readonly lines: string[] } {
  const { log, lines } = collectLog();
  const pool = createRedis(settings, { name: 'test', log });
  opened.push(pool);
  return { pool, lines };
}

export async function closePools(): Promise<void> {
  await Promise.all(opened.splice(0).map((pool) => pool.close()));
}

export function settingsOf(
  server: { readonly url: string },
  more: { readonly password?: string; readonly commandTimeoutMs?: number } = {},
): RedisSettings {
  return { ...clientSettings(server), ...more };
}

/** What a call that must be refused was refused with, and after how long. */
export async function refusal(
  call: Promise<unknown>,
): Promise<{ readonly error: RedisError; readonly code: string; readonly afterMs: number }> {
  const startedMs = performance.now();
  try {
    await call;
  } catch (thrown) {
    const error = thrown as RedisError;
    return { error, code: error.code, afterMs: performance.now() - startedMs };
  }
  throw new Error('The call was not refused.');
}

/** Stops a server without ending it, and waits until it answers nothing any more: signals take a moment. */
export async function hang(server: RedisServer): Promise<void> {
  await server.kill('SIGSTOP');
  await poll(() =>
    Promise.race([
      server.command('PING').then(
        () => false,
        () => false,
      ),
      sleep(50).then(() => true),
    ]),
  );
}
