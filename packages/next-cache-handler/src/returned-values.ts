import type { Entry } from '@tbi/cache';
import type { HandlerValue } from './next-types.ts';

/** `never`: the value came from the build and could not be stored then; it cannot be stored later either. */
export type Origin = Entry | 'never';

/**
 * Where a value that Next holds came from.
 *
 * When a render fails, Next stores the very object that `get` returned again, with a short lifetime. It is as old
 * as before: whoever stores it must know its stamp and when it ends, or an invalidated page would come back fresh.
 */
export interface ReturnedValues {
  remember(value: HandlerValue, origin: Origin): void;
  originOf(value: HandlerValue): Origin | undefined;
}

export function createReturnedValues(): ReturnedValues {
  const origins = new WeakMap<object, Origin>();
  return {
    remember(value, origin) {
      if (value !== null) origins.set(value, origin);
    },
    originOf: (value) => (value === null ? undefined : origins.get(value)),
  };
}
