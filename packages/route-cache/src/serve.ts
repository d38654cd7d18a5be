import { type Cache, codeOf, type Resolved } from '@tbi/cache';
import { answerWith, pass, toResponse } from './answer.ts';
import { type Asked, type Question, readRequest, seenUrl } from './asked.ts';
import { parseCacheControl } from './cache-control.ts';
import { explain, type Forward, forwardOf, type Status } from './cache-status.ts';
import { type Call, createCall, type Run } from './call.ts';
import { isRouteFailure } from './failure.ts';
import type { Front } from './front.ts';
import { variantKey } from './key.ts';
import { lifetimeOf } from './lifetime.ts';
import type { ResolvedOptions } from './options.ts';
import type { PassMemory } from './pass-memory.ts';
import { type Outcome, type OwnResponse, produce } from './produce.ts';
import { ageSOf, KIND, MAX_VARIANT_STEPS, recall } from './recall.ts';
import { fits, responseCodec, type StoredResponse } from './stored-response.ts';
import { invalidateAfter, isUnsafe } from './unsafe.ts';
import { selectionOf } from './vary.ts';

export interface ServeParts {
  readonly cache: () => Cache;
  readonly name: string;
  readonly origin: () => string | null;
  readonly passes: PassMemory;
  readonly front: Front | null;
}

/** Why the cache has no part in a request. */
interface Excluded {
  readonly forward: Forward;
  readonly detail?: string;
}

/** The HTTP cache around one handler: from a request to its answer. */
export function createServe({ cache, name, origin, passes, front }: ServeParts, options: ResolvedOptions) {
  const codec = responseCodec();
  const getOrSetOptions = {
    codec: {
      // What belongs to one client has no lifetime, so that it is never encoded.
      encode: (outcome: Outcome) => codec.encode(outcome as StoredResponse),
      decode: codec.decode,
    },
    lifetime: lifetimeOf,
    tags: (outcome: Outcome) => (outcome.kind === 'stored' ? (outcome.tags ?? []) : []),
    detached: true,
  };

  return async function serve(request: Request, run: Run): Promise<Response> {
    if (isUnsafe(request.method)) return change(request, run);
    const user = options.user === null ? null : await options.user(request);
    const asked = understand(request, user);
    if ('forward' in asked) return runAlone(request, run, asked.forward, asked.detail);
    const answer = await fromMemory(asked);
    if (answer === null) return lookUp(asked, run);
    teach(asked);
    return toResponse(answer);
  };

  function teach({ request }: Asked) {
    if (options.front) front?.learn(request.url, recallAlone);
  }

  function understand<R extends Question>(request: R, user: string | null): Asked<R> | Excluded {
    if (!options.methods.has(request.method)) return { forward: 'method' };
    if (options.obeysNoCache && wantsNoCache(request.headers)) return { forward: 'request' };
    const asked = readRequest(request, user, options, origin());
    if (typeof asked === 'string') return { forward: 'bypass', detail: asked };
    return passes.has(asked.key) ? { forward: 'bypass', detail: 'not-shared' } : asked;
  }

  function fromMemory(asked: Asked<Question>) {
    return recall(asked, { cache: cache(), codec, name, debug: options.debug });
  }

  /** For a front: whatever is not a hit is a request like any other. */
  async function recallAlone(question: Question, isUnknown: (name: string) => boolean) {
    const asked = understand(question, null);
    return 'forward' in asked || [...asked.keyed].some(isUnknown) ? null : fromMemory(asked);
  }

  /** A request that may change things. */
  async function change(request: Request, run: Run): Promise<Response> {
    const response = (await options.admit(request)) ?? (await run(request));
    const url = seenUrl(request.url, options.query, origin());
    const recorded = await unlessClosed(() => invalidateAfter(cache(), url, response));
    return pass(response, request, bypassed('method', recorded ? undefined : 'closed'), sign());
  }

  /** The handler's own answer to this very request, as if there were no cache. */
  async function runAlone(request: Request, run: Run, forward: Forward, detail?: string): Promise<Response> {
    const response = (await options.admit(request)) ?? (await run(request));
    return pass(response, request, bypassed(forward, detail), sign());
  }

  /** Follows the variants from the URL's own key to the one that the request selects (RFC 9111 §4.1). */
  async function lookUp(asked: Asked, run: Run): Promise<Response> {
    let { key } = asked;
    for (let step = 0; step < MAX_VARIANT_STEPS; step += 1) {
      const found = await find(createCall(asked, options, run), key, step > 0);
      if (found instanceof Response) return found;
      key = variantKey(key, found.vary, selectionOf(found.vary, asked.headers));
    }
    return runAlone(asked.request, run, 'bypass', 'too-many-variants');
  }

  /** An answer, or the stored response of another variant. */
  async function find(call: Call, key: string, variant: boolean): Promise<Response | StoredResponse> {
    const { asked, run } = call;
    const resolving = cache().getOrSet(KIND, key, (previous) => produce(call, previous), getOrSetOptions);
    try {
      const first = await Promise.race([call.streamed, resolving]);
      if (first instanceof Response) {
        call.end('streamed');
        resolving.then(({ value }) => value.kind === 'own' && remember(call, value)).catch(() => {});
        const status = {
          outcome: 'MISS',
          forward: forwardOf('absent', variant),
          detail: 'streamed',
        } as const;
        return pass(first, asked.request, status, sign(asked));
      }
      call.end('whole');
      return await settle(call, first, variant);
    } catch (error) {
      call.end('whole');
      if (isClosed(error) && !call.ran) return runAlone(asked.request, run, 'bypass', 'closed');
      return fail(call, error);
    }
  }

  async function settle(
    call: Call,
    resolved: Resolved<Outcome>,
    variant: boolean,
  ): Promise<Response | StoredResponse> {
    const { asked, run } = call;
    const { value, tier, entry } = resolved;
    const nowMs = cache().nowMs();
    const status = explain(resolved, call, { variant, nowMs });
    if (value.kind === 'own') {
      remember(call, value);
      if (value.response === null) throw new Error('a response was neither streamed nor returned');
      return pass(
        value.response,
        asked.request,
        { ...status, detail: status.detail ?? value.why },
        sign(asked),
      );
    }
    if (!fits(value, asked.headers)) return value;
    const computed = tier === 'origin';
    // What must be confirmed for each use cannot answer two requests (RFC 9111 §4).
    if (computed && !call.ran && value.freshS <= value.ageS) return runAlone(asked.request, run, 'stale');
    const fromHandler = computed && call.ran && value.ageS === 0;
    if (entry !== null) teach(asked);
    const ageS = entry === null || fromHandler ? null : ageSOf(value, entry, nowMs);
    return toResponse(await answerWith(value, asked, { ageS, status, signature: sign(asked) }));
  }

  /** Errors, such as a refused rate, are about a client; anything else will be the same for the next. */
  function remember({ asked }: Call, { response, why }: OwnResponse) {
    if (why !== 'refused' && (response === null || response.status < 400)) passes.add(asked.key);
  }

  async function fail(call: Call, error: unknown): Promise<Response> {
    if (!isRouteFailure(error)) throw error;
    const { asked, run } = call;
    const { response } = error;
    const status: Status = { outcome: 'MISS', forward: 'miss', detail: 'failed' };
    if (!(response instanceof Response) && fits(response, asked.headers)) {
      return toResponse(await answerWith(response, asked, { ageS: null, status, signature: sign(asked) }));
    }
    if (response instanceof Response && error.call === call) {
      return pass(response, asked.request, status, sign(asked));
    }
    // Somebody else's failure, which may tell of them.
    return runAlone(asked.request, run, 'miss', 'failed');
  }

  function sign(asked?: Asked) {
    return { name, key: options.debug && asked !== undefined ? asked.key : null };
  }
}

const bypassed = (forward: Forward, detail?: string): Status => ({
  outcome: 'BYPASS',
  forward,
  ...(detail !== undefined && { detail }),
});

const isClosed = (error: unknown) => codeOf(error) === 'ERR_CACHE_CLOSED';

/** A process that is ending has closed its cache, and still answers what it has begun. */
async function unlessClosed(action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    if (!isClosed(error)) throw error;
    return false;
  }
}

function wantsNoCache(headers: Headers): boolean {
  const directives = parseCacheControl(headers.get('cache-control') ?? headers.get('pragma'));
  return directives.has('no-cache') || directives.has('no-store') || directives.get('max-age') === '0';
}
