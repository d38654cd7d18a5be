import { readInvalidation } from '../../../../server/invalidation-body.ts';
import { operations } from '../../../../server/operations.ts';
import { forOperators } from '../../../../server/operator.ts';

/** What the same request to `/api/cache/invalidate` would reach. Changes nothing. */
export const POST = forOperators(async (request) => {
  const body = await readInvalidation(request);
  if (!body.ok) return body.response;
  return Response.json(await operations().inspection.reach(body.request));
});
