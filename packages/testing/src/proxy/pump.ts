import type { Socket } from 'node:net';
import { sleep } from '../poll.ts';

/** What happens to the bytes of one direction. */
export interface DirectionFaults {
  /** Every chunk arrives this much later. Default 0. */
  readonly latencyMs?: number;
  /** Deliver single bytes this far apart. Default: whole chunks. */
  readonly msPerByte?: number;
  /** Keep the bytes back until the fault is healed, as a network does that drops packets. Default false. */
  readonly hold?: boolean;
  /** Deliver this many more bytes, then break the connection with a reset. Default: never. */
  readonly cutAfterBytes?: number;
}

export interface FaultSource {
  /** The faults of now. */
  current(): DirectionFaults;
  /** Counts bytes against `cutAfterBytes`; returns how many of them may pass, and whether to cut then. */
  admit(bytes: number): { readonly allowed: number; readonly cut: boolean };
  /** Resolves at the next change of the faults. */
  changed(): Promise<void>;
}

/** How much may wait in one direction before the sender is asked to pause. */
const MAX_QUEUED_BYTES = 1_048_576;

/** Copies bytes from one socket to the other, with the faults that hold at the moment of delivery. */
export function pump(from: Socket, to: Socket, faults: FaultSource, cut: () => void): void {
  const queue: { chunk: Buffer; arrivedAt: number }[] = [];
  let queuedBytes = 0;
  let ended = false;
  let delivering = false;

  async function deliver(): Promise<void> {
    delivering = true;
    for (let next = queue.shift(); next !== undefined && !to.destroyed; next = queue.shift()) {
      await deliverChunk(next.chunk, next.arrivedAt);
      queuedBytes -= next.chunk.length;
      if (queuedBytes < MAX_QUEUED_BYTES) from.resume();
    }
    delivering = false;
    if (ended && !to.destroyed) to.end();
  }

  async function deliverChunk(chunk: Buffer, arrivedAt: number): Promise<void> {
    await sleepUntil(arrivedAt + (faults.current().latencyMs ?? 0));
    while (faults.current().hold && !to.destroyed) await faults.changed();
    const { allowed, cut: cutNow } = faults.admit(chunk.length);
    const { msPerByte } = faults.current();
    if (msPerByte === undefined) {
      to.write(chunk.subarray(0, allowed));
    } else {
      for (let index = 0; index < allowed && !to.destroyed; index++) {
        to.write(chunk.subarray(index, index + 1));
        await sleep(msPerByte);
      }
    }
    if (cutNow) {
      // The bytes before the cut must be on their way before the reset follows.
      await sleep(5);
      cut();
    }
  }

  from.on('data', (chunk: Buffer) => {
    queue.push({ chunk, arrivedAt: performance.now() });
    queuedBytes += chunk.length;
    if (queuedBytes >= MAX_QUEUED_BYTES) from.pause();
    if (!delivering) void deliver();
  });
  from.on('end', () => {
    ended = true;
    if (!delivering) void deliver();
  });
}

async function sleepUntil(time: number): Promise<void> {
  const waitMs = time - performance.now();
  if (waitMs > 0) await sleep(waitMs);
}
