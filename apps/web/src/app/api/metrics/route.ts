import { forOperators } from '../../../server/operating/operator.ts';
import { operations } from '../../../server/operations.ts';

/** The metrics of all processes for Prometheus. */
export const GET = forOperators(
  async () =>
    new Response(await operations().renderMetrics(), {
      headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    }),
);
