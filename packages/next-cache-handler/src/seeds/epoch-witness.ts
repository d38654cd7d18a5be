import type { Cache } from '@tbi/cache';

const KIND = 'witness';
const KEY = 'epoch';
const KEEP_MS = 30 * 24 * 3_600_000;

/**
 * A time (Redis ms since 1970) at which the current epoch existed already, as early as can be proven: the first
 * process that asks under an epoch leaves an entry, and entries of another epoch do not count. Null: not provable.
 */
export async function epochExistedAtMs(engine: Cache): Promise<number | null> {
  const { entry, stamp } = await engine.get(KIND, KEY);
  if (entry !== null) return entry.createdMs;
  const result = await engine.set(KIND, KEY, Buffer.alloc(0), {
    stamp,
    freshForMs: KEEP_MS,
    keepForMs: KEEP_MS,
    onlyIfAbsent: true,
  });
  if (result.stored) return engine.nowMs();
  if (result.reason !== 'present') return null;
  // Somebody else who asked at the same time was first, and saw the epoch just as early.
  const first = (await engine.get(KIND, KEY)).entry;
  if (first !== null) return first.createdMs;
  // In its first moments this process may not have read the log up to here.
  return (await engine.sync()) ? ((await engine.get(KIND, KEY)).entry?.createdMs ?? null) : null;
}
