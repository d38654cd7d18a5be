import { createBackOff } from './back-off.ts';
import { type Failure, failure } from './failure.ts';
import { type Link, openLink } from './link.ts';
import { outsideRequests } from './outside-requests.ts';
import type { RedisSettings } from './settings.ts';

/** Opens a link, and another one whenever it is lost, until it is closed. */
export interface KeptLink {
  /** The link in use; null while there is none. */
  readonly current: Link | null;
  /** Why there is none. */
  readonly failure: Failure;
  readonly readySinceMs: number;
  /** Opens the first link. Later calls do nothing. */
  start(): void;
  /** Gives up a link that is of no use any more and opens another one. */
  replace(link: Link, why: Failure): void;
  close(): void;
}

export interface KeepConnectedOptions {
  readonly settings: RedisSettings;
  readonly connectionName: string;
  onReady(): void;
  onDown(why: Failure): void;
}

export function keepConnected(options: KeepConnectedOptions): KeptLink {
  const { settings, connectionName, onReady, onDown } = options;
  const backOff = createBackOff();
  let opening: Link | null = null;
  let current: Link | null = null;
  let why = failure('not-opened', settings);
  let readySinceMs = 0;
  let attempt = 0;
  let retry: NodeJS.Timeout | undefined;

  function open() {
    const link = openLink({
      settings,
      connectionName,
      attempt: attempt++,
      onReady() {
        opening = null;
        current = link;
        readySinceMs = performance.now();
        onReady();
      },
      onDown(reason) {
        backOff.ended(link === current ? performance.now() - readySinceMs : 0);
        opening = null;
        current = null;
        why = reason;
        if (reason.cause !== 'closed') {
          // Waiting for Redis must not keep a process alive that has nothing else to do.
          retry = outsideRequests(() => setTimeout(open, backOff.next()).unref());
        }
        onDown(reason);
      },
    });
    opening = link;
  }

  return {
    get current() {
      return current;
    },
    get failure() {
      return why;
    },
    get readySinceMs() {
      return readySinceMs;
    },
    start() {
      if (why.cause !== 'not-opened') return;
      why = failure('connecting', settings);
      outsideRequests(open);
    },
    replace(link, reason) {
      if (link === current) link.drop(reason);
    },
    close() {
      why = failure('closed', settings);
      clearTimeout(retry);
      opening?.drop(why);
      current?.drop(why);
    },
  };
}
