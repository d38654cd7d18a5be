import { invalidate } from '../../../../../server/operating/invalidate.ts';
import { forAdministrators } from '../../../../../server/operating/operator.ts';

/** For the cache desk. */
export const POST = forAdministrators(invalidate);
