import { operations } from '../../../../server/operations.ts';
import { forOperators } from '../../../../server/operator.ts';

/** Redis in figures: 200 when it is well or none is configured, otherwise 503, within one deadline. */
export const GET = forOperators(async () => {
  const health = await operations().health();
  return Response.json(health, { status: health.status === 'unhealthy' ? 503 : 200 });
});
