import { hasRole } from '../../../server/auth.ts';
import { explainDatabase } from '../../../server/database.ts';
import { logError } from '../../../server/log.ts';

const headers = { 'cache-control': 'private, no-store' };
const shownAtMost = 100;

/** The newest users, for administrators, and how the query was answered: from where (`database`, `l1`, `l2`) and why. */
export async function GET(): Promise<Response> {
  try {
    if (!(await hasRole('admin'))) return Response.json({ error: 'forbidden' }, { status: 403, headers });
    const { value, reads } = await explainDatabase((client) =>
      client.user.findMany({
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: shownAtMost,
        select: { id: true, email: true, name: true, role: true, createdAt: true },
        cache: {},
      }),
    );
    return Response.json({ read: reads[0], users: value }, { headers });
  } catch (error) {
    logError('The users could not be read', error);
    return Response.json({ error: 'unavailable' }, { status: 503, headers });
  }
}
