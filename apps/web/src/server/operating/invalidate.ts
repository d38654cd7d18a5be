import { operations } from '../operations.ts';
import { invalidationThrottle } from '../throttles.ts';
import { readInvalidation } from './invalidation-body.ts';

/**
 * Makes unusable what carries one of the `tags`, lies at or below one of the `paths`, or is of one of the `kinds`.
 * Answers the place of the record in the log; with `wait` also whether every live process has applied it. 202: Redis is
 * away, and it is recorded before anything older is served.
 */
export async function invalidate(request: Request, who: string): Promise<Response> {
  if (!(await invalidationThrottle().take(who))) {
    const error = 'Too many invalidations: at most 60 a minute.';
    return Response.json({ error }, { status: 429, headers: { 'retry-after': '60' } });
  }
  const body = await readInvalidation(request);
  if (!body.ok) return body.response;
  const answer = await operations().invalidate(body.request, who);
  return Response.json(answer, { status: answer.pending || answer.applied?.applied === false ? 202 : 200 });
}
