import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { CacheEvent, CacheEventSource } from '@tbi/cache';
import { displayName } from './display-name.ts';

/**
 * A span for each lookup, computation and invalidation, below the one that is active where it happened. Without a
 * tracer that somebody registered, the API's own does nothing.
 */
export function traceEvents(events: CacheEventSource): () => void {
  return events.subscribe((event) => {
    const span = spanOf(event);
    if (span === null) return;
    const endMs = Date.now();
    const started = trace.getTracer('@tbi/operations').startSpan(span.name, {
      kind: SpanKind.CLIENT,
      startTime: new Date(endMs - span.durationMs),
      attributes: span.attributes,
    });
    if (span.failed) started.setStatus({ code: SpanStatusCode.ERROR });
    started.end(new Date(endMs));
  });
}

function spanOf(event: CacheEvent) {
  switch (event.type) {
    case 'lookup':
      return {
        name: `cache.lookup ${event.kind}`,
        durationMs: event.durationMs,
        failed: false,
        attributes: { ...about(event), 'cache.tier': event.tier, 'cache.reason': event.reason },
      };
    case 'compute':
      return {
        name: `cache.compute ${event.kind}`,
        durationMs: event.durationMs,
        failed: event.outcome === 'failed',
        attributes: { ...about(event), 'cache.outcome': event.outcome },
      };
    case 'invalidate':
      return {
        name: 'cache.invalidate',
        durationMs: 0,
        failed: false,
        attributes: {
          'cache.mode': event.mode,
          'cache.tags': event.tags.length,
          'cache.recorded': event.position !== null,
        },
      };
    default:
      return null;
  }
}

const about = ({ kind, key }: { readonly kind: string; readonly key: string }) => ({
  'cache.kind': kind,
  'cache.key': displayName(kind, key),
});
