import { invalidate } from '../../../../server/operating/invalidate.ts';
import { forOperators } from '../../../../server/operating/operator.ts';

/** For tools: closed from outside by the proxy. */
export const POST = forOperators(invalidate);
