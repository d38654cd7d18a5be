import { AsyncLocalStorage } from 'node:async_hooks';
import { channel } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CacheEvent, CacheEventSource } from '@tbi/cache';
import { displayName } from '@tbi/operations';
import { processSlot } from '../process-slot.ts';
import { cacheStatusOf } from './cache-status.ts';

export interface TracedLookup {
  readonly kind: string;
  readonly name: string;
  readonly tier: string;
  readonly reason: string;
  readonly durationMs: number;
}

export interface TracedRequest {
  readonly id: string;
  readonly path: string;
  readonly lookups: TracedLookup[];
}

const MAX_REQUESTS = 200;
const MAX_LOOKUPS = 200;

/** The last requests of this process with what they looked up; development only. */
export function tracedRequests(): Map<string, TracedRequest> {
  return processSlot('traced-requests', () => new Map<string, TracedRequest>());
}

/**
 * Follows each request through the process, from the moment that Node has read its head, and says in its response which
 * lookups were made for it until then: `Cache-Status` (RFC 9211), and the request's id in `Server-Timing`, by which the
 * toolbar asks for those that came later.
 */
export function traceRequests(events: CacheEventSource): void {
  const current = new AsyncLocalStorage<TracedRequest>();
  const known = tracedRequests();
  let count = 0;

  channel('http.server.request.start').subscribe((message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    // Files look nothing up.
    if (request.url?.startsWith('/_next/static/')) return;
    count += 1;
    const traced = { id: `${process.pid}-${count}`, path: request.url ?? '', lookups: [] };
    known.set(traced.id, traced);
    const [oldest] = known.keys();
    if (known.size > MAX_REQUESTS && oldest !== undefined) known.delete(oldest);
    sayBeforeHeaders(response, traced);
    // Node hands the request to its listeners right after this, in the same turn.
    current.enterWith(traced);
  });

  events.subscribe((event) => {
    const traced = current.getStore();
    if (event.type !== 'lookup' || traced === undefined || traced.lookups.length >= MAX_LOOKUPS) return;
    traced.lookups.push(describe(event));
  });
}

function describe(event: Extract<CacheEvent, { type: 'lookup' }>): TracedLookup {
  const { kind, key, tier, reason, durationMs } = event;
  return { kind, name: displayName(kind, key), tier, reason, durationMs };
}

function sayBeforeHeaders(response: ServerResponse, traced: TracedRequest) {
  const { writeHead } = response;
  // Node calls it for every response, with whichever of its signatures.
  response.writeHead = function (this: ServerResponse, ...args: Parameters<typeof writeHead>) {
    if (!response.headersSent) {
      const own = response.getHeader('cache-status');
      const status = [...(own === undefined ? [] : [String(own)]), ...cacheStatusOf(traced.lookups)];
      if (status.length > 0) response.setHeader('cache-status', status.join(', '));
      response.appendHeader('server-timing', `tbi;desc="${traced.id}"`);
    }
    return writeHead.apply(response, args);
  } as typeof writeHead;
}
