import { AsyncLocalStorage } from 'node:async_hooks';
import { processSlot } from '@tbi/redis';

/** What next-auth does not pass to its adapter. */
export interface RequestFacts {
  /** The `User-Agent` header: the list of sessions names the browser. */
  readonly userAgent?: string | null;
  /** The visitor's address: the list of sessions shows its first half. */
  readonly address?: string | null;
  /** The session token that the browser presented. A sign-in ends that session. */
  readonly sessionToken?: string | null;
  /**
   * The request completes a sign-in. There is no session then, whatever the browser presents, so that next-auth does
   * not go on with one, nor links an account to whoever's it is, but begins a new one. Default false.
   */
  readonly signingIn?: boolean;
  /** Cookies can be set with the answer. Only then is a session refreshed. Default false. */
  readonly canSetCookies?: boolean;
}

/** What a user was like when a sign-in looked them up, before it verified anything. */
export interface SignInMark {
  readonly epoch: string;
  readonly stamp: string;
}

interface RequestScope extends RequestFacts {
  /** By id of the user. */
  readonly marks: Map<string, SignInMark>;
}

/** One for the process: the adapter and the caller may be in different bundles. */
const scopes = () => processSlot('auth-redis/request', () => new AsyncLocalStorage<RequestScope>());

/**
 * Runs next-auth for one request. Without it everything works but what needs to know of the request: sessions have
 * no description, are not refreshed, a sign-in does not end the session before it, and is only refused when the
 * user's sessions are revoked before it stores one.
 */
export function inRequest<T>(facts: RequestFacts, run: () => T): T {
  return scopes().run({ ...facts, marks: new Map() }, run);
}

export const currentRequest = (): RequestScope | undefined => scopes().getStore();
