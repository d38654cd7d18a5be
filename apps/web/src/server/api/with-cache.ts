import 'server-only';
import { getEngine } from '@tbi/next-cache-handler';
import { createRouteCache, type RouteCacheOptions } from '@tbi/route-cache';
import { connection } from 'next/server';
import { processSlot } from '../process-slot.ts';
import { siteUrl } from '../site.ts';
import { answerErrors } from './errors.ts';
import { apiFront } from './front.ts';
import { refuseFlood } from './rate-limit.ts';

type RouteHandler<Context> = (request: Request, context: Context) => Promise<Response>;

/** The cached API routes of this process. They share the engine with the pages and the queries, whose tags become theirs. */
const routeCache = () =>
  processSlot('route-cache', () =>
    createRouteCache({ cache: getEngine, origin: siteUrl, front: apiFront() }),
  );

/**
 * Caches a route handler of the site: `export const GET = withCache({ … })(handler)`. Inside, only the request counts
 * and what the handler reads with it: it runs for everybody, so that `cookies()` and `headers()` do not work there.
 * Clients that cause too many runs of handlers are refused; hits cost them nothing.
 */
export function withCache(options: RouteCacheOptions) {
  const wrap = routeCache().withCache({ admit: refuseFlood, ...options });
  return <Context>(handler: RouteHandler<Context>): RouteHandler<Context> => {
    const cached = wrap(answerErrors(handler));
    return async (request, context) => {
      // Routes are answered when they are asked for, never while the site is built.
      await connection();
      return cached(request, context);
    };
  };
}
