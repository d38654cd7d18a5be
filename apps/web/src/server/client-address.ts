import { addressToCount } from '@tbi/auth-redis';
import { headers } from 'next/headers';

/**
 * The visitor's network address, as far as it is known: the last entry of the list, which the nearest proxy has
 * seen itself. Earlier entries are what the visitor claims, and without a proxy so is the last. Of IPv6 its /64:
 * whoever has one address of it has all, and would have the attempts of all.
 */
export async function clientAddress(): Promise<string> {
  return addressOf((await headers()).get('x-forwarded-for'));
}

export function addressOf(forwardedFor: string | null | undefined): string {
  return addressToCount(forwardedFor?.split(',').at(-1)?.trim() || 'unknown');
}
