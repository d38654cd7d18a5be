import { forAdministrators } from '../../../../../server/operating/operator.ts';
import { previewInvalidation } from '../../../../../server/operating/preview-invalidation.ts';

/** For the cache desk. */
export const POST = forAdministrators(previewInvalidation);
