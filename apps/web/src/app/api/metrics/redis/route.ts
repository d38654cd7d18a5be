import { forOperators } from '../../../../server/operating/operator.ts';
import { operations } from '../../../../server/operations.ts';

/** `INFO` by section, the slow log without its arguments, and what is wrong. */
export const GET = forOperators(async () => Response.json(await operations().redisMetrics()));
