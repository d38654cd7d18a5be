import { operations } from '../operations.ts';
import { readInvalidation } from './invalidation-body.ts';

/** What the same request to `/api/cache/invalidate` would reach. Changes nothing. */
export async function previewInvalidation(request: Request): Promise<Response> {
  const body = await readInvalidation(request);
  if (!body.ok) return body.response;
  return Response.json(await operations().inspection.reach(body.request));
}
