import type { StoredResponse } from './stored-response.ts';

/** Says that the handler answered 5xx: nothing to store, and a reason to serve what is stale (RFC 5861 §4). */
export interface RouteFailure extends Error {
  readonly code: 'ERR_ROUTE_FAILED';
  /** Whose request it was. */
  readonly call: object;
  /** A complete response may be given to all who waited for it; any other is the call's own. */
  readonly response: StoredResponse | Response;
}

export function routeFailure(call: object, response: StoredResponse | Response): RouteFailure {
  const error = new Error(`the handler answered ${response.status}`);
  return Object.assign(error, { code: 'ERR_ROUTE_FAILED' as const, call, response });
}

export const isRouteFailure = (error: unknown): error is RouteFailure =>
  error instanceof Error && 'code' in error && error.code === 'ERR_ROUTE_FAILED' && 'response' in error;
