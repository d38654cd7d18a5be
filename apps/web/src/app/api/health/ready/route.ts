import { connection } from 'next/server';
import { cacheStatus } from '../../../../server/cache-status.ts';
import { withDatabase } from '../../../../server/database.ts';

/**
 * Whether this process can serve: 503 while its database is away. The cache never makes it unready: without Redis
 * pages are slower, and no page is lost.
 */
export async function GET(): Promise<Response> {
  await connection();
  const database = await withDatabase((client) => client.category.count())
    .then(() => 'ready' as const)
    .catch(() => 'down' as const);
  const ready = database === 'ready';
  return Response.json(
    { status: ready ? 'ready' : 'unready', cache: cacheStatus(), database },
    { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
  );
}
