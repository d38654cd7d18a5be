import { LRUCache } from 'lru-cache';
import type { Entry } from './types.ts';

/** This process's own copies, least recently used out first, bounded by bytes. */
export interface L1 {
  readonly entries: number;
  readonly bytes: number;
  readonly maxBytes: number;
  get(id: string): Entry | undefined;
  /** Without counting as a use. */
  peek(id: string): Entry | undefined;
  /** The last used first. */
  all(): Iterable<readonly [id: string, entry: Entry]>;
  /** Keeps the later of the present and the new entry. Returns the new one as it is kept: in memory of its own. */
  put(id: string, entry: Entry): Entry;
  delete(id: string): void;
  clear(): void;
}

/** What an entry costs besides its payload: objects, key and tag strings. An estimate. */
const ENTRY_OVERHEAD_BYTES = 400;

/** Payloads are slices of what a socket read; a small one must not keep a large chunk alive. */
const MAX_SLACK_BYTES = 1_024;

function sizeOf(entry: Entry, id: string): number {
  const tagBytes = entry.tags.reduce((sum, tag) => sum + 40 + tag.length, 0);
  return ENTRY_OVERHEAD_BYTES + id.length + tagBytes + entry.payload.length;
}

function inOwnMemory(entry: Entry): Entry {
  const { payload } = entry;
  if (payload.buffer.byteLength - payload.length <= MAX_SLACK_BYTES) return entry;
  const copy = Buffer.allocUnsafeSlow(payload.length);
  payload.copy(copy);
  return { ...entry, payload: copy };
}

/** Entries are compared as the set script does: within one epoch the later (position, began) stays. */
export function isLater(a: Entry, b: Entry): boolean {
  if (a.stamp.epoch !== b.stamp.epoch) return false;
  if (a.stamp.position !== b.stamp.position) return a.stamp.position > b.stamp.position;
  return a.beganMs > b.beganMs;
}

export function createL1(maxBytes: number): L1 {
  const lru =
    maxBytes > 0 ? new LRUCache<string, Entry>({ maxSize: maxBytes, sizeCalculation: sizeOf }) : null;
  return {
    get entries() {
      return lru?.size ?? 0;
    },
    get bytes() {
      return lru?.calculatedSize ?? 0;
    },
    maxBytes,
    get: (id) => lru?.get(id),
    peek: (id) => lru?.peek(id),
    all: () => lru?.entries() ?? [],
    put(id, entry) {
      const present = lru?.peek(id);
      if (lru === null || (present !== undefined && isLater(present, entry))) return entry;
      const kept = inOwnMemory(entry);
      lru.set(id, kept);
      return kept;
    },
    delete(id) {
      lru?.delete(id);
    },
    clear() {
      lru?.clear();
    },
  };
}
