import { connection } from 'next/server';
import manifest from '../../../../package.json' with { type: 'json' };
import { sessionsHealth } from '../../../server/auth/session-store.ts';

/** Whether this process serves requests. Asks nobody else: a site without Redis or database still serves pages. */
export async function GET(): Promise<Response> {
  await connection();
  return Response.json(
    {
      status: 'ok',
      version: manifest.version,
      uptimeSeconds: Math.floor(process.uptime()),
      sessions: forEverybody(sessionsHealth()),
    },
    { headers: { 'cache-control': 'no-store' } },
  );
}

/** Without the reason, which names servers and settings: operators find it at /api/health/redis and in the log. */
function forEverybody(health: ReturnType<typeof sessionsHealth>) {
  if (health.kept === 'in cookies') return health;
  const { kept, status, warning } = health;
  return { kept, status, warning };
}
