import { forAdministrators } from '../../../../../server/operating/operator.ts';
import { streamEvents } from '../../../../../server/operating/stream-events.ts';

/** For the cache desk. */
export const GET = forAdministrators(streamEvents);
