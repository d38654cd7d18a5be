import { findEntries } from '../../../../server/operating/find-entries.ts';
import { forOperators } from '../../../../server/operating/operator.ts';

/** For tools: closed from outside by the proxy. */
export const GET = forOperators(findEntries);
