import { createHash, timingSafeEqual } from 'node:crypto';
import type { Throttle } from '../throttle.ts';

/**
 * Whether this is the operators' token. Every try takes one of the address's attempts before anything is compared, and
 * a right one gives it back: from an address that has none left the right token is not told from wrong ones, so that
 * guessing on is of no use, also by many requests at once.
 */
export async function judgeToken(
  given: string,
  { expected, address, throttle }: TokenCheck,
): Promise<'right' | 'wrong' | 'too-many'> {
  if (!(await throttle.take(address))) return 'too-many';
  if (expected === undefined || !isSame(given, expected)) return 'wrong';
  await throttle.giveBack(address);
  return 'right';
}

export interface TokenCheck {
  /** Undefined: no token opens anything. */
  readonly expected: string | undefined;
  /** Where the request comes from. */
  readonly address: string;
  readonly throttle: Pick<Throttle, 'take' | 'giveBack'>;
}

/** Takes the same time for every wrong token of any length. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
