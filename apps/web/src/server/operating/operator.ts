import 'server-only';
import { getCurrentUser, hasRole } from '../auth.ts';
import { addressOf } from '../client-address.ts';
import { environment } from '../env.ts';
import { logError } from '../log.ts';
import { wrongTokenThrottle } from '../throttles.ts';
import { judgeToken } from './operator-token.ts';

/** Who asks: `token`, or `user:<id>` of an administrator. Never an e-mail address. */
type Operator = { readonly who: string } | { readonly refusal: Response };

/**
 * Whoever may look at and steer the cache: tools with `Authorization: Bearer <OPS_TOKEN>`, and administrators who are
 * signed in. What changes something must also come from a page of this site.
 */
async function identifyOperator(request: Request): Promise<Operator> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) return identifyToken(authorization, request);
  if (request.method !== 'GET' && !isSameOrigin(request)) {
    return { refusal: refuse(403, 'This must be asked from a page of this site, or with a token.') };
  }
  try {
    const user = await getCurrentUser();
    if (user !== null && (await hasRole('admin'))) return { who: `user:${user.id}` };
    return { refusal: refuse(user === null ? 401 : 403, 'Only administrators and OPS_TOKEN may do this.') };
  } catch (error) {
    logError('Who asks cannot be found out', error);
    return { refusal: refuse(503, 'Who asks cannot be found out now. OPS_TOKEN works all the same.') };
  }
}

async function identifyToken(authorization: string, request: Request): Promise<Operator> {
  const judged = await judgeToken(/^Bearer (.+)$/i.exec(authorization)?.[1] ?? '', {
    expected: environment().operations.token,
    address: addressOf(request.headers.get('x-forwarded-for')),
    throttle: wrongTokenThrottle(),
  });
  if (judged === 'right') return { who: 'token' };
  if (judged === 'too-many') return { refusal: refuse(429, 'Too many wrong tokens. Wait ten minutes.') };
  return { refusal: refuse(401, 'The token is not the one in OPS_TOKEN.') };
}

/** Browsers say where a request comes from, and no page can make them lie. */
function isSameOrigin({ headers }: Request): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin';
  const origin = headers.get('origin');
  if (origin === null || !URL.canParse(origin)) return false;
  return new URL(origin).host === (headers.get('x-forwarded-host') ?? headers.get('host'));
}

function refuse(status: number, error: string): Response {
  const headers: Record<string, string> = { 'cache-control': 'no-store' };
  if (status === 401) headers['www-authenticate'] = 'Bearer realm="operations"';
  if (status === 429) headers['retry-after'] = '600';
  if (status === 503) headers['retry-after'] = '5';
  return Response.json({ error }, { status, headers });
}

type Handler = (request: Request, who: string) => Promise<Response>;

/** A route for tools and administrators. Its answer is in no cache. */
export const forOperators = (handler: Handler) => guarded(handler, identifyOperator);

/**
 * The same for the pages of administrators, at addresses that are open to the world: no token opens them, so that a
 * proxy which closes the tools' addresses has closed them for good.
 */
export const forAdministrators = (handler: Handler) =>
  guarded(handler, async (request) => {
    if (!request.headers.has('authorization')) return identifyOperator(request);
    return { refusal: refuse(401, 'Tokens are for /api/cache and /api/metrics.') };
  });

function guarded(handler: Handler, identify: (request: Request) => Promise<Operator>) {
  return async (request: Request): Promise<Response> => {
    const operator = await identify(request);
    if ('refusal' in operator) return operator.refusal;
    const response = await handler(request, operator.who);
    response.headers.set('cache-control', 'no-store');
    return response;
  };
}
