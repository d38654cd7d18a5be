import { sessionsHealth } from '../../../../server/auth/session-store.ts';
import { forOperators } from '../../../../server/operating/operator.ts';
import { operations } from '../../../../server/operations.ts';

/**
 * Redis in figures: 200 when it is well or none is configured, otherwise 503, within one deadline. And what is known of
 * the sessions' Redis, without asking it.
 */
export const GET = forOperators(async () => {
  const health = await operations().health();
  return Response.json(
    { ...health, sessions: sessionsHealth() },
    { status: health.status === 'unhealthy' ? 503 : 200 },
  );
});
