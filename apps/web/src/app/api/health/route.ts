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
      sessions: sessionsHealth(),
    },
    { headers: { 'cache-control': 'no-store' } },
  );
}
