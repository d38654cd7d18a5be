import { sessionsRedis } from './auth/session-store.ts';
import { environment } from './env.ts';
import { processSlot } from './process-slot.ts';
import { createThrottle, type Throttle } from './throttle.ts';

const minute = 60;

/** Failed sign-ins by account and address: guessing one account's password from one place. */
export const signInThrottle = () => throttle('sign-in', 10, 15 * minute);

/** Failed sign-ins by account: guessing from many places, without locking the owner out by a few mistakes. */
export const accountThrottle = () => throttle('account', 100, 15 * minute);

/** Sign-in links by the address that they go to: nobody's mailbox is filled from here. */
export const linkThrottle = () => throttle('link', 5, 15 * minute);

/** Sign-in links by the network address that asks for them. */
export const linkSenderThrottle = () => throttle('link-sender', 20, 15 * minute);

/** Runs of API handlers by address: two in a second on average, all at once if it likes. Hits cost nothing. */
export const apiThrottle = () => throttle('api', 120, minute);

/** Invalidations by operator. */
export const invalidationThrottle = () => throttle('invalidation', 60, minute);

/** Wrong tokens of operators by network address. */
export const wrongTokenThrottle = () => throttle('wrong-token', 20, 10 * minute);

/** Enquiries by address. */
export const enquiryThrottle = () => throttle('enquiry', 10, 10 * minute);

/** In the sessions' Redis, which does not evict: an evicted count would be a new set of attempts. */
function throttle(name: string, limit: number, windowSeconds: number): Throttle {
  return processSlot(`throttle/${name}`, () => {
    const keyPrefix = `${environment().redis.sessions?.keyPrefix ?? ''}throttle:${name}`;
    return createThrottle({ keyPrefix, limit, windowSeconds, redis: sessionsRedis()?.data ?? null });
  });
}
