import { logError } from '../log.ts';
import { meansUnavailable } from '../unavailable.ts';
import { errorResponse } from './respond.ts';

/**
 * Turns what a handler throws into a response. It is a 5xx, which is never stored and lets the cache serve what it
 * still has.
 */
export function answerErrors<Context>(
  handler: (request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    try {
      return await handler(request, context);
    } catch (error) {
      const unavailable = meansUnavailable(error);
      logError('An API route failed', error);
      if (!unavailable) return errorResponse(500, 'failed', 'Something went wrong here.');
      const response = errorResponse(503, 'unavailable', 'The catalogue cannot be read at the moment.');
      response.headers.set('retry-after', '5');
      return response;
    }
  };
}
