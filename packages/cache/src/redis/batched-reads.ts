import type { RedisConnection, RedisReply } from './connection.ts';

export interface ReadTogether {
  readonly value: RedisReply;
  /** The key that every read fetches beside its own. */
  readonly beside: RedisReply;
  readonly sentMs: number;
}

/** What leaves as one MGET. */
interface Batch {
  readonly keys: string[];
  readonly answer: Promise<{ readonly reply: readonly RedisReply[]; readonly sentMs: number }>;
}

/** Bounds one reply: what many large entries would hold up. */
const MAX_KEYS = 64;

/**
 * Reads of one turn of the event loop go to Redis as one MGET: a write to a socket costs more than a key.
 * A single read waits for nothing: the turn ends right after it.
 */
export function createBatchedReads(connection: RedisConnection, besideKey: string) {
  /** Takes more keys. */
  let open: Batch | null = null;

  function begin(): Batch {
    const keys: string[] = [];
    const answer = new Promise<Awaited<Batch['answer']>>((resolve, reject) => {
      // Sent in the tick itself, so that it leaves in one write with the other commands of this turn.
      process.nextTick(() => {
        if (open === batch) open = null;
        const sentMs = performance.now();
        connection
          .command('MGET', [...keys, besideKey])
          .then((reply) => resolve({ reply: Array.isArray(reply) ? reply : [], sentMs }), reject);
      });
    });
    const batch = { keys, answer };
    return batch;
  }

  return async function read(key: string): Promise<ReadTogether> {
    const batch: Batch = open ?? begin();
    const index = batch.keys.push(key) - 1;
    open = batch.keys.length < MAX_KEYS ? batch : null;
    const { reply, sentMs } = await batch.answer;
    return { value: reply[index] ?? null, beside: reply.at(-1) ?? null, sentMs };
  };
}
