import type { Log } from '@tbi/redis';

/** Where an app puts its own logger, so that what is said here gets into the same log. */
export const LOG_SLOT = Symbol.for('@tbi/log');

/** The app's logger; the console until there is one. */
export function processLog(): Log {
  const found: unknown = Reflect.get(globalThis, LOG_SLOT);
  return isLog(found) ? found : console;
}

function isLog(value: unknown): value is Log {
  return typeof value === 'object' && value !== null && 'info' in value && 'warn' in value;
}
