import { findEntries } from '../../../../../server/operating/find-entries.ts';
import { forAdministrators } from '../../../../../server/operating/operator.ts';

/** For the cache desk. */
export const GET = forAdministrators(findEntries);
