import { connection } from 'next/server';
import { tracedRequests } from '../../../../server/development/trace-requests.ts';
import { environment } from '../../../../server/env.ts';

/** What the requests with these ids looked up in the cache. Development only: there is nothing of it in production. */
export async function GET(request: Request): Promise<Response> {
  await connection();
  if (environment().runtime.production) return Response.json({ error: 'Not found' }, { status: 404 });
  const ids = new URL(request.url).searchParams.getAll('id').slice(0, 50);
  const known = tracedRequests();
  return Response.json(
    ids.map((id) => known.get(id)).filter((found) => found !== undefined),
    { headers: { 'cache-control': 'no-store' } },
  );
}
