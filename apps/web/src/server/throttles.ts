import { processSlot } from './process-slot.ts';
import { createThrottle, type Throttle } from './throttle.ts';

const minuteMs = 60_000;

/** Failed sign-ins by account and address: guessing one account's password from one place. */
export function signInThrottle(): Throttle {
  return processSlot('sign-in-throttle', () => createThrottle({ limit: 10, windowMs: 15 * minuteMs }));
}

/** Failed sign-ins by account: guessing from many places, without locking the owner out by a few mistakes. */
export function accountThrottle(): Throttle {
  return processSlot('account-throttle', () => createThrottle({ limit: 100, windowMs: 15 * minuteMs }));
}

/** Invalidations by operator. */
export function invalidationThrottle(): Throttle {
  return processSlot('invalidation-throttle', () => createThrottle({ limit: 60, windowMs: minuteMs }));
}

/** Enquiries by address. */
export function enquiryThrottle(): Throttle {
  return processSlot('enquiry-throttle', () => createThrottle({ limit: 10, windowMs: 10 * minuteMs }));
}
