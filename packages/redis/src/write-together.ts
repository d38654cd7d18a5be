import { Redis } from 'ioredis';
import type { Client } from './client.ts';

/**
 * What is sent within one turn of the event loop leaves in one write: a system call costs more than most commands do.
 * To be called before each command. The nodes of a Cluster have connections of their own and write at once.
 */
export function createWriteTogether(client: Client): () => void {
  if (!(client instanceof Redis)) return () => {};
  let held = false;
  return () => {
    const { stream } = client;
    if (held || stream === undefined) return;
    held = true;
    stream.cork();
    // The second tick: what a first one sends, such as the reads of this turn together, leaves in the same write.
    process.nextTick(() =>
      process.nextTick(() => {
        held = false;
        stream.uncork();
      }),
    );
  };
}
