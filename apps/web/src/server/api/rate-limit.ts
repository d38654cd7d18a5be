import 'server-only';
import { addressOf } from '../client-address.ts';
import { apiThrottle } from '../throttles.ts';
import { errorResponse } from './respond.ts';

/** 429 for a client whose requests have made too many handlers run; null for all others. */
export async function refuseFlood(request: Request): Promise<Response | null> {
  const waitMs = await apiThrottle().consume(addressOf(request.headers.get('x-forwarded-for')));
  if (waitMs === 0) return null;
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const response = errorResponse(429, 'too-many-requests', `Too many requests; try again in ${seconds} s.`);
  response.headers.set('retry-after', String(seconds));
  return response;
}
