import type { Cache, Resolved } from '@tbi/cache';
import { answerWith, pass, type Signature } from './answer.ts';
import { type Asked, readRequest, seenUrl } from './asked.ts';
import { parseCacheControl } from './cache-control.ts';
import { type Forward, forwardOf, isStoreError, type Status } from './cache-status.ts';
import { isRouteFailure } from './failure.ts';
import { variantKey } from './key.ts';
import { lifetimeOf } from './lifetime.ts';
import type { ResolvedOptions } from './options.ts';
import type { PassMemory } from './pass-memory.ts';
import { type Call, type Outcome, produce } from './produce.ts';
import { responseCodec, type StoredResponse } from './stored-response.ts';
import { invalidateAfter, isUnsafe } from './unsafe.ts';
import { selectionOf } from './vary.ts';

export interface ServeParts {
  readonly cache: () => Cache;
  readonly name: string;
  readonly origin: () => string | null;
  readonly passes: PassMemory;
}

/** Runs the wrapped handler for a request: the client's own, or one that stands for everybody's. */
type Run = (request: Request) => Promise<Response>;

const KIND = 'route';
/** Each variant that does not fit leads one key further; a response whose `Vary` never settles is not searched for ever. */
const MAX_VARIANT_STEPS = 4;

/** The HTTP cache around one handler: from a request to its answer. */
export function createServe({ cache, name, origin, passes }: ServeParts, options: ResolvedOptions) {
  const codec = responseCodec();
  const engineCodec = {
    encode: (outcome: Outcome) => codec.encode(outcome as StoredResponse),
    decode: codec.decode,
  };

  return async function serve(request: Request, run: Run): Promise<Response> {
    const { method } = request;
    if (isUnsafe(method)) return change(request, run);
    if (!options.methods.has(method)) return runAlone(request, run, 'method');
    if (options.obeysNoCache && wantsNoCache(request.headers)) return runAlone(request, run, 'request');
    const asked = await readRequest(request, options, origin());
    if (typeof asked === 'string') return runAlone(request, run, 'bypass', asked);
    return passes.has(asked.key) ? runAlone(request, run, 'bypass', 'not-shared') : lookUp(asked, run);
  };

  async function change(request: Request, run: Run): Promise<Response> {
    const response = (await options.admit(request)) ?? (await run(request));
    await invalidateAfter(cache(), seenUrl(request.url, options.query, origin()), response);
    return pass(response, request, { outcome: 'BYPASS', forward: 'method' }, signature(null));
  }

  async function runAlone(request: Request, run: Run, forward: Forward, detail?: string): Promise<Response> {
    const response = (await options.admit(request)) ?? (await run(request));
    const status: Status = { outcome: 'BYPASS', forward, ...(detail !== undefined && { detail }) };
    return pass(response, request, status, signature(null));
  }

  function signature(asked: Asked | null): Signature {
    return { name, key: options.debug && asked !== null ? asked.key : null };
  }

  /** Follows the variants from the URL's own key to the one that the request selects (RFC 9111 §4.1). */
  async function lookUp(asked: Asked, run: Run): Promise<Response> {
    let { key } = asked;
    for (let step = 0; step < MAX_VARIANT_STEPS; step += 1) {
      const found = await find(asked, key, run, step > 0);
      if (found instanceof Response) return found;
      key = variantKey(key, found.vary, selectionOf(found.vary, asked.headers));
    }
    return runAlone(asked.request, run, 'bypass', 'too-many-variants');
  }

  /** An answer, or the stored response of another variant. */
  async function find(
    asked: Asked,
    key: string,
    run: Run,
    variant: boolean,
  ): Promise<Response | StoredResponse> {
    let waiting = true;
    let deliver = (_: Response) => {};
    const streamed = new Promise<Response>((resolve) => {
      deliver = resolve;
    });
    const call: Call = {
      asked,
      options,
      run,
      ran: false,
      stream(response) {
        if (!waiting) return false;
        deliver(response);
        return true;
      },
    };
    const resolving = cache().getOrSet<Outcome>(KIND, key, (previous) => produce(call, previous), {
      codec: engineCodec,
      lifetime: lifetimeOf,
      tags: (outcome) => (outcome.kind === 'stored' ? (outcome.tags ?? []) : []),
      detached: true,
    });
    try {
      const first = await Promise.race([streamed, resolving]);
      if (!(first instanceof Response)) return await settle(asked, call, run, first, variant);
      resolving.catch(() => {});
      const status: Status = {
        outcome: 'MISS',
        forward: variant ? 'vary-miss' : 'uri-miss',
        detail: 'streamed',
      };
      return pass(first, asked.request, status, signature(asked));
    } catch (error) {
      return fail(asked, call, run, error);
    } finally {
      waiting = false;
    }
  }

  async function settle(
    asked: Asked,
    call: Call,
    run: Run,
    { value, tier, reason, stale, entry }: Resolved<Outcome>,
    variant: boolean,
  ): Promise<Response | StoredResponse> {
    const forward = forwardOf(reason, variant);
    const outcome = isStoreError(reason) ? 'BYPASS' : 'MISS';
    const detail = isStoreError(reason) ? 'store-error' : undefined;
    if (value.kind === 'own') {
      if (value.response === null) throw new Error('a streamed response was not handed over');
      if (value.why !== 'refused' && value.response.status < 400) passes.add(asked.key);
      const status: Status = { outcome, forward, detail: detail ?? value.why };
      return pass(value.response, asked.request, status, signature(asked));
    }
    if (value.selection !== selectionOf(value.vary, asked.headers)) return value;
    const nowMs = cache().nowMs();
    const ttlS = entry === null ? undefined : Math.floor((entry.createdMs + entry.freshForMs - nowMs) / 1000);
    const ageS = entry === null ? null : value.ageS + (nowMs - entry.createdMs) / 1000;
    if (tier !== 'origin') {
      const status: Status = { outcome: stale ? 'STALE' : 'HIT', ...(ttlS !== undefined && { ttlS }) };
      return answerWith(value, asked, { ageS, status, signature: signature(asked) });
    }
    // What must be confirmed for each use cannot answer two requests (RFC 9111 §4).
    if (!call.ran && value.freshS <= value.ageS) return runAlone(asked.request, run, forward);
    const status: Status = {
      outcome,
      forward,
      stored: call.ran && entry !== null,
      collapsed: !call.ran,
      ...(call.handlerStatus !== undefined && { forwardStatus: call.handlerStatus }),
      ...(detail !== undefined && { detail }),
    };
    const upstreamAgeS = value.ageS > 0 || !call.ran ? ageS : null;
    return answerWith(value, asked, { ageS: upstreamAgeS, status, signature: signature(asked) });
  }

  async function fail(asked: Asked, call: Call, run: Run, error: unknown): Promise<Response> {
    if (!isRouteFailure(error)) throw error;
    const status: Status = { outcome: 'MISS', forward: 'miss', detail: 'failed' };
    const { response } = error;
    if (!(response instanceof Response)) {
      return answerWith(response, asked, { ageS: null, status, signature: signature(asked) });
    }
    // Somebody else's failure, which may tell of them.
    if (error.call !== call) return runAlone(asked.request, run, 'miss', 'failed');
    return pass(response, asked.request, status, signature(asked));
  }
}

function wantsNoCache(headers: Headers): boolean {
  const directives = parseCacheControl(headers.get('cache-control') ?? headers.get('pragma'));
  return directives.has('no-cache') || directives.has('no-store') || directives.get('max-age') === '0';
}
