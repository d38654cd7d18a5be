import { forOperators } from '../../../../server/operating/operator.ts';
import { previewInvalidation } from '../../../../server/operating/preview-invalidation.ts';

/** For tools: closed from outside by the proxy. */
export const POST = forOperators(previewInvalidation);
