import { createHash } from 'node:crypto';
import type { CacheEvent, CacheEventSource } from '@tbi/cache';

/** One line for every event, for `DEBUG_CACHE_HANDLER`. */
export function logEvents(events: CacheEventSource, write: (line: string) => void): void {
  events.subscribe((event) => write(describe(event)));
}

function describe(event: CacheEvent): string {
  switch (event.type) {
    case 'lookup':
      return `${name(event)} ${event.tier} ${event.reason} ${event.durationMs.toFixed(1)} ms`;
    case 'store':
      return `${name(event)} store ${event.outcome} ${event.bytes} bytes [${event.tags.join(' ')}]`;
    case 'compute':
      return `${name(event)} compute ${event.outcome} ${event.durationMs.toFixed(1)} ms`;
    case 'invalidate':
      return `invalidate ${event.mode} [${event.tags.join(' ')}]${event.position === null ? ' pending' : ''}`;
    case 'applied':
      return `applied a record on ${event.tags} tags, ${event.lagMs.toFixed(0)} ms old`;
    default:
      return JSON.stringify(event);
  }
}

/** Paths are public; other keys may hold arguments of functions and are shown as digests. */
function name({ kind, key }: { readonly kind: string; readonly key: string }): string {
  const path = kind === 'page' ? /\/\$(\/.*)$/.exec(key)?.[1] : undefined;
  return `${kind} ${path ?? createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
}
