import { connection } from 'next/server';
import { explainDatabase } from '../../../server/database.ts';
import { environment } from '../../../server/env.ts';
import { logError } from '../../../server/log.ts';

const headers = { 'cache-control': 'private, no-store' };

/** For development: the same query on every call, and how it was answered. */
export async function GET(): Promise<Response> {
  await connection();
  const { runtime, prismaCache } = environment();
  if (runtime.production) return new Response(null, { status: 404 });
  try {
    const { value, reads } = await explainDatabase((client) =>
      client.report.findMany({
        where: { status: 'published' },
        orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
        take: 3,
        select: {
          id: true,
          slug: true,
          priceSingleUser: true,
          publishedAt: true,
          category: { select: { slug: true } },
        },
      }),
    );
    return Response.json({ enabled: prismaCache.enabled, read: reads[0], reports: value }, { headers });
  } catch (error) {
    logError('The reports could not be read', error);
    return Response.json({ error: 'unavailable' }, { status: 503, headers });
  }
}
