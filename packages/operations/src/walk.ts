import { setTimeout as sleep } from 'node:timers/promises';
import { listOf, textOf } from './replies.ts';
import type { Servers } from './servers.ts';

export interface WalkOptions {
  /** Keys begin so; written by us, never taken from input. */
  readonly keyPrefix: string;
  /** Keys that one step of the server looks at. Default 200: about 0.1 ms of its time. */
  readonly stepKeys?: number;
  /** A pause after each step, in ms. Default 5. */
  readonly pauseMs?: number;
}

/**
 * The keys of all servers that begin with a prefix, a few at a time. A key that is there all the while is met at least
 * once, perhaps twice; one that comes or goes meanwhile may be met or not (redis.io/commands/scan).
 */
export async function* walkKeys(
  servers: Servers,
  { keyPrefix, stepKeys = 200, pauseMs = 5 }: WalkOptions,
): AsyncGenerator<{ readonly keys: readonly string[]; readonly server: number }> {
  const pattern = `${keyPrefix.replaceAll(/[\\*?[\]^]/g, '\\$&')}*`;
  for (const [server, { connection }] of (await servers.list()).entries()) {
    let cursor = '0';
    do {
      const reply = listOf(await connection.command('SCAN', [cursor, 'MATCH', pattern, 'COUNT', stepKeys]));
      cursor = textOf(reply[0]);
      yield { keys: listOf(reply[1]).map(textOf), server };
      await sleep(pauseMs);
    } while (cursor !== '0');
  }
}
