import type { RedisConnection, RedisReply } from './connection.ts';

export interface ReadTogether {
  readonly value: RedisReply;
  /** The key that every read fetches beside its own. */
  readonly beside: RedisReply;
  readonly sentMs: number;
}

interface Flight {
  readonly reply: RedisReply[];
  readonly sentMs: number;
}

/** Bounds one reply: what many large entries would hold up. */
const MAX_KEYS = 64;

/**
 * Reads of one turn of the event loop go to Redis as one MGET: a write to a socket costs more than a key.
 * A single read waits for nothing: the turn ends right after it.
 */
export function createBatchedReads(connection: RedisConnection, besideKey: string) {
  let keys: string[] = [];
  let flight: Promise<Flight> | null = null;

  function send(): Promise<Flight> {
    return new Promise((resolve, reject) => {
      // Sent in the tick itself, so that it leaves in one write with the other commands of this turn.
      process.nextTick(() => {
        const sent = keys;
        keys = [];
        flight = null;
        const sentMs = performance.now();
        connection
          .command('MGET', [...sent, besideKey])
          .then((reply) => resolve({ reply: Array.isArray(reply) ? reply : [], sentMs }), reject);
      });
    });
  }

  return async function read(key: string): Promise<ReadTogether> {
    const index = keys.push(key) - 1;
    flight ??= send();
    const current = flight;
    if (keys.length >= MAX_KEYS) flight = null;
    const { reply, sentMs } = await current;
    return { value: reply[index] ?? null, beside: reply.at(-1) ?? null, sentMs };
  };
}
